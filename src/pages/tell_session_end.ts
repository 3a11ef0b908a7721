import { describeSessionEnd } from "../../views/session_end.tsx";
import type { Words } from "../../views/words/words.ts";
import type { SessionLimits } from "../auth/session_policy.ts";
import type { SessionEnds } from "../http/error_pages.tsx";

/** Why the session of a request's cookie has ended, as a message, or `null`. It is told once, so whoever asks tells it. */
export async function tellSessionEnd(
  ends: SessionEnds,
  { request, words, limits }: { request: Request; words: Words; limits: SessionLimits },
): Promise<string | null> {
  const end = await ends.find(request);
  if (!end) return null;
  await ends.forget(request);
  return words.signedOut.message(describeSessionEnd({ words, end, limits }));
}
