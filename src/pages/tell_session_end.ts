import type { SessionEnd } from "../../db/contract/session_end.ts";
import { describeSessionEnd } from "../../views/session_end.tsx";
import type { Words } from "../../views/words/words.ts";
import type { SessionLimits } from "../auth/session_policy.ts";
import type { SessionEnds } from "../http/error_pages.tsx";

/** Why the session of a request's cookie has ended, or `null`. It is told once, so whoever asks must tell it. */
export async function takeSessionEnd(
  ends: SessionEnds,
  request: Request,
): Promise<SessionEnd | null> {
  const end = await ends.find(request);
  if (end) await ends.forget(request);
  return end;
}

/** The same as a message. */
export async function tellSessionEnd(
  ends: SessionEnds,
  { request, words, limits }: { request: Request; words: Words; limits: SessionLimits },
): Promise<string | null> {
  const end = await takeSessionEnd(ends, request);
  return end && words.signedOut.message(describeSessionEnd({ words, end, limits }));
}
