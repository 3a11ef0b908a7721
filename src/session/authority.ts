import type { Authority } from "../../db/contract/audit.ts";
import { RefusedRequest } from "../errors.ts";
import type { AppContext } from "./app_context.ts";
import { judgePerson, type SignedIn, withCurrentToken } from "./signed_in.ts";

/** By what right the person of a session acts: `requireRight` throws `RefusedRequest` if they have it no more. */
export function authorityOf(
  { config, now }: Pick<AppContext, "config" | "now">,
  {
    sessionId,
    requireRight,
  }: { sessionId: string; requireRight: (signedIn: SignedIn | null) => unknown },
): Authority {
  return {
    sessionId,
    refusalOf(found) {
      // By its id: the token of this request may be rotated meanwhile.
      const options = { config, now: now(), isBackground: true };
      const signedIn = found && judgePerson(withCurrentToken(found), options).signedIn;
      try {
        requireRight(signedIn);
        return null;
      } catch (error) {
        if (error instanceof RefusedRequest) return error;
        throw error;
      }
    },
  };
}
