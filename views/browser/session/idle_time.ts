import { PAGE_PATHS } from "../../../src/paths.ts";
import { isOurs, readViewer } from "../page/answer.ts";

const TIMEOUT_MS = 10_000;

/** The server's word on the session of this browser. */
export interface IdleTime {
  /** For whom it is; "" if nobody is signed in. */
  viewer: string;
  /** Whole seconds until idling ends the session; `null` if that is not what ends it. */
  secondsLeft: number | null;
}

/** The idle time that an answer of the navigation bar tells. */
export function readIdleTime(response: Pick<Response, "headers">): IdleTime {
  const text = response.headers.get("X-Signed-Out-In") ?? "";
  const secondsLeft = /^\d{1,9}$/.test(text) ? Number(text) : null;
  return { viewer: readViewer(response), secondsLeft };
}

/** Asks for the idle time, or with `isActivity` puts the end off. `null`: the application has not answered. */
export async function askIdleTime({ isActivity }: { isActivity: boolean }) {
  const headers = { "HX-Request": "true", ...(isActivity ? {} : { "X-Background": "1" }) };
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const response = await fetch(PAGE_PATHS.navbar, { method: "HEAD", headers, signal });
    return isOurs(response) && response.ok ? readIdleTime(response) : null;
  } catch {
    return null;
  }
}
