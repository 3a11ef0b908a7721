import { Html } from "@elysiajs/html";

import type { SessionSummary } from "../../db/contract/people.ts";
import { ActButton } from "../act_button.tsx";
import { Icon } from "../icon.tsx";
import { describeMinute, Time } from "../time.tsx";

/** A session in plain words: for people, a device. */
export interface SessionRow extends Omit<SessionSummary, "userAgent" | "method" | "network"> {
  /** For example "Firefox on Windows". */
  browser: string;
  kind: "computer" | "phone";
  /** For example "Google button", or "". */
  method: string;
  /** For example "Network 203.0.113.0/24", or "". */
  place: string;
  isThisOne: boolean;
}

export interface SessionListProps {
  sessions: SessionRow[];
  /** The path that ends a session, without its id. If missing, sessions are read-only. */
  endPath?: string;
}

/** The list of a person's devices. */
export function SessionList({ sessions, endPath }: SessionListProps) {
  if (sessions.length === 0) return <p>No active devices</p>;
  return (
    <ul class="rows">
      {sessions.map((session) => (
        <li id={`session_${session.id}`}>
          <Icon name={session.kind} size={1.5} />
          <div>
            <b safe>{session.browser}</b>
            {session.isThisOne ? <span class="badge good">This device</span> : null}
            <p class="muted fine">
              {session.isThisOne ? "Active now" : <LastActive at={session.lastSeenAt} />}
              <span safe>{session.place && ` · ${session.place}`}</span> · Signed in{" "}
              <Time at={session.createdAt} as="ago" />
            </p>
          </div>
          {endPath ? (
            <ActButton
              method="delete"
              path={`${endPath}/${session.id}`}
              class="button small"
              label={`Sign out ${nameOf(session, sessions)}`}
            >
              Sign out
            </ActButton>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

function LastActive({ at }: { at: number }) {
  return (
    <>
      Active <Time at={at} as="active" />
    </>
  );
}

/** What tells a device from the others of the list, for those who only hear its button. */
function nameOf({ isThisOne, browser, createdAt }: SessionRow, all: SessionRow[]): string {
  if (isThisOne) return "this device";
  const isAlone = all.filter((other) => other.browser === browser).length === 1;
  return isAlone ? browser : `${browser}, signed in ${describeMinute(createdAt)}`;
}
