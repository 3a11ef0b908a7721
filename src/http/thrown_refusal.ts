import { isDatabaseError, RefusedRequest, SecurityEventError } from "../errors.ts";
import type { Refusal } from "./refusal_body.tsx";

/** What was thrown, as a refusal. `code` is Elysia's; `isUnproved`: the request came without its session's device. */
export function toRefusal(
  error: unknown,
  { code, isUnproved }: { code: unknown; isUnproved: boolean },
): Refusal {
  const isNobody = error instanceof RefusedRequest && error.code === "not_signed_in";
  if (isNobody && isUnproved) return new RefusedRequest("binding_missing");
  if (error instanceof RefusedRequest || error instanceof SecurityEventError) return error;
  if (code === "PARSE" || code === "VALIDATION")
    return new RefusedRequest("bad_parameter", { cause: error });
  if (isDatabaseError(error)) {
    return new RefusedRequest("database_unavailable", {
      cause: error,
      headers: { "Retry-After": "5" },
    });
  }
  return new RefusedRequest("internal_error", { cause: error });
}
