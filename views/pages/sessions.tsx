import { Html } from "@elysiajs/html";

import type { SessionSummary } from "../../db/contract/people.ts";
import { ActButton } from "../act_button.tsx";
import { Time } from "../time.tsx";

/** A session in words that people understand. */
export interface SessionRow extends Omit<SessionSummary, "userAgent" | "method"> {
  /** As in "Firefox on Windows". */
  browser: string;
  /** As in "by the Google button". */
  method: string;
  isThisOne: boolean;
}

export interface SessionListProps {
  sessions: SessionRow[];
  /** Where one of them is ended, before its id; without it they are only shown. */
  endPath?: string;
}

/** Where somebody is signed in. */
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
