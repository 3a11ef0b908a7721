import type { GoogleAccount } from "./google_session.ts";
import type { Play } from "./play.ts";
import type { SessionClaim } from "./requested_claims.ts";

const AGES_S = {
  now: 0,
  "5 minutes ago": 300,
  "1 hour ago": 3600,
  "30 days ago": 2_592_000,
};

/** The wanted claims about the Google session of `account`, as they are played. `now` is in milliseconds. */
export function sessionClaims(
  { authTime }: GoogleAccount,
  { wanted, play, now }: { wanted: SessionClaim[]; play: Play; now: number },
): { auth_time?: number; amr?: string[] } {
  const values = {
    auth_time: readAuthTime(play.auth_time, { authTime, now }),
    amr: play.amr === "none" ? undefined : play.amr.split(" "),
  };
  return Object.fromEntries(wanted.map((name) => [name, values[name]]));
}

function readAuthTime(
  played: Play["auth_time"],
  { authTime, now }: { authTime: number; now: number },
): number | undefined {
  if (played === "none") return undefined;
  return played === "session" ? authTime : Math.floor(now / 1000) - AGES_S[played];
}
