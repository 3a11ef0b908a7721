import { Html } from "@elysiajs/html";

import type { SessionSummary } from "../../db/contract/people.ts";
import { ActButton } from "../act_button.tsx";
import { Time } from "../time.tsx";

/** A session in plain words. */
export interface SessionRow extends Omit<SessionSummary, "userAgent" | "method"> {
  /** For example "Firefox on Windows". */
  browser: string;
  /** For example "by the Google button". */
  method: string;
  isThisOne: boolean;
}

export interface SessionListProps {
  sessions: SessionRow[];
  /** The path that ends a session, without its id. If missing, sessions are read-only. */
  endPath?: string;
}

/** The list of a person's sessions. */
export function SessionList({ sessions, endPath }: SessionListProps) {
  if (sessions.length === 0) return <p>Nowhere at this time.</p>;
  return (
    <ul class="rows">
      {sessions.map((session) => (
        <li id={`session_${session.id}`}>
          <div>
            <b safe>{session.browser}</b>
            {session.isThisOne ? <span class="badge">this one</span> : null}
            <p class="muted">
              <span safe>{[session.network, session.method].filter(Boolean).join(", ")}</span>
              <br />
              since <Time at={session.createdAt} />, last seen <Time at={session.lastSeenAt} />
            </p>
          </div>
          {endPath ? (
            <ActButton method="delete" path={`${endPath}/${session.id}`}>
              End
            </ActButton>
          ) : null}
        </li>
      ))}
    </ul>
  );
}
