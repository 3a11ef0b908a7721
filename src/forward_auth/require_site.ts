import { mayOpenSite } from "../auth/admission.ts";
import type { Site } from "../config/sites.ts";
import { isDatabaseError, RefusedRequest } from "../errors.ts";
import { enterPagePath } from "../paths.ts";
import type { AppContext } from "../session/app_context.ts";
import { auditContextOf } from "../session/audit_context.ts";
import { requireMember } from "../session/current_user.ts";
import type { SignedIn } from "../session/signed_in.ts";

interface Visit {
  signedIn: SignedIn;
  site: Site;
  request: Request;
  /** Says where the person comes back to. Only a refusal asks. */
  addressOf: () => string;
}

/** Throws `user_disabled`, or `site_not_allowed` unless the person may open the application, and records that. */
export async function requireSite(
  app: AppContext,
  { signedIn, site, request, addressOf }: Visit,
): Promise<void> {
  const refusal = refusalOf(signedIn, site);
  if (!refusal) return;
  refusal.returnPath = enterPagePath(addressOf());
  const { id: userId } = signedIn.user;
  const audit = auditContextOf(request, { app, actorId: null });
  await app.store
    .recordSiteRefusal({ userId, site: site.origin }, audit)
    .catch((error: unknown) => {
      if (!isDatabaseError(error)) throw error;
      app.logOf(request)("error", "refusal_not_recorded", { cause: error.message });
    });
  throw refusal;
}

function refusalOf(signedIn: SignedIn, site: Site): RefusedRequest | null {
  try {
    const { email } = requireMember(signedIn).user;
    if (mayOpenSite(signedIn, site)) return null;
    return new RefusedRequest("site_not_allowed", { facts: { email, site: site.name } });
  } catch (error) {
    if (error instanceof RefusedRequest) return error;
    throw error;
  }
}
