import { RefusedRequest } from "../errors.ts";
import { requireAdmin, requireMember } from "../session/current_user.ts";
import type { SignedIn } from "../session/signed_in.ts";
import type { Audience, Page } from "./page.ts";

/** Whether a page is open to a signed-in person. Does not check whether the account is disabled. */
export function mayOpen({ audience }: Pick<Page, "audience">, person: SignedIn): boolean {
  if (audience === "everybody") return true;
  if (audience === "members") return true;
  return audience === "admins" ? person.isAdmin : audience(person);
}

/**
 * Returns the signed-in person if the audience includes them. Throws `not_signed_in`, `user_disabled`,
 * `not_administrator` or `not_allowed`.
 */
export function requireAudience(
  audience: Exclude<Audience, "everybody">,
  signedIn: SignedIn | null,
): SignedIn {
  if (audience === "admins") return requireAdmin(signedIn);
  const member = requireMember(signedIn);
  if (!mayOpen({ audience }, member)) throw new RefusedRequest("not_allowed");
  return member;
}
