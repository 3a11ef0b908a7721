import { Html } from "@elysiajs/html";

import type { SessionSummary } from "../../db/contract/people.ts";
import { ActButton } from "../act_button.tsx";
import { Icon } from "../icon.tsx";
import { Time } from "../time.tsx";
import type { Words } from "../words/words.ts";

/** A session in plain words: for people, a device. */
export interface SessionRow extends Omit<
  SessionSummary,
  "userAgent" | "method" | "network" | "amr"
> {
  /** For example "Firefox on Windows". */
  browser: string;
  kind: "computer" | "phone";
  /** For example "Google button", or "". */
  method: string;
  /** How the person signed in to Google, for example "security key", or "". */
  proofs: string;
  /** For example "Network 203.0.113.0/24", or "". */
  place: string;
  isThisOne: boolean;
}

export interface SessionListProps {
  words: Words;
  sessions: SessionRow[];
  /** The path that ends a session, without its id. If missing, sessions are read-only. */
  endPath?: string;
}

/** The list of a person's devices. */
export function SessionList({ words, sessions, endPath }: SessionListProps) {
  const { devices } = words;
  if (sessions.length === 0) return <p safe>{devices.none}</p>;
  return (
    <ul class="rows">
      {sessions.map((session) => (
        <li id={`session_${session.id}`}>
          <Icon name={session.kind} size={1.5} />
          <div>
            <b>
              <bdi safe>{session.browser}</bdi>
            </b>
            {session.isThisOne ? (
              <span class="badge good" safe>
                {devices.isThisOne}
              </span>
            ) : null}
            <p class="muted fine">
              <SessionFacts words={words} session={session} />
            </p>
          </div>
          {endPath ? (
            <ActButton
              method="delete"
              path={`${endPath}/${session.id}`}
              class="button small"
              label={nameSignOut(session, { sessions, words })}
            >
              <span safe>{devices.signOut}</span>
            </ActButton>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

function SessionFacts({ words, session }: { words: Words; session: SessionRow }) {
  const { devices } = words;
  const { isThisOne, lastSeenAt, createdAt, place, boundAt } = session;
  const active = isThisOne
    ? devices.activeNow
    : devices.active(<Time words={words} at={lastSeenAt} as="active" />);
  const signedIn = devices.signedIn(<Time words={words} at={createdAt} as="ago" />);
  return (
    <>
      {active as "safe"}
      <span safe>{place && ` · ${place}`}</span>
      {` · ${signedIn}` as "safe"}
      <span safe>{boundAt === null ? "" : ` · ${devices.bound}`}</span>
      <GoogleFacts words={words} session={session} />
    </>
  );
}

/** What Google said about the sign-in to it; nothing if it did not say. */
function GoogleFacts({ words, session }: { words: Words; session: SessionRow }) {
  const { signedInToGoogle, howAtGoogle } = words.devices;
  const { authenticatedAt: at, proofs } = session;
  if (at === null && proofs === "") return <></>;
  const ago = at === null ? null : signedInToGoogle(<Time words={words} at={at} as="ago" />);
  return (
    <>
      {` · ${ago ?? howAtGoogle}` as "safe"}
      <span safe>{proofs && `: ${proofs}`}</span>
    </>
  );
}

/** What tells the device from the others of the list, for those who only hear its button. */
function nameSignOut(
  { isThisOne, browser, createdAt }: SessionRow,
  { sessions, words: { devices, formats } }: { sessions: SessionRow[]; words: Words },
): string {
  if (isThisOne) return devices.signOutThis;
  const isAlone = sessions.filter((other) => other.browser === browser).length === 1;
  const time = formats.minute(createdAt);
  return devices.signOutOf(isAlone ? browser : devices.signedInAt(browser, time));
}
