import type { Environment } from "../../src/config.ts";
import { PATHS } from "../../src/paths.ts";
import { ADA, createFoyer, GRACE } from "../fixture.ts";
import type { Visitor } from "../visitor.ts";

/** Ada, an administrator by configuration, and Grace, a member. */
export async function createAdminScene(env: Environment = {}) {
  const foyer = await createFoyer({ ADMIN_EMAILS: ADA.email, ...env });
  const [ada, grace] = [foyer.visitor(), foyer.visitor()];
  await ada.signIn(ADA);
  await grace.signIn(GRACE);
  const idOf = async (email: string) =>
    (await foyer.store.findPeopleByEmail(email))[0]?.id ?? "nobody";
  return {
    ...foyer,
    ada,
    grace,
    idOf,
    adaId: await idOf(ADA.email),
    graceId: await idOf(GRACE.email),
  };
}

/** Sends an act from a page of the visitor's own session. */
export async function act(
  visitor: Visitor,
  method: string,
  path: string,
  fields?: Record<string, string>,
) {
  const headers = { "x-signed-in-as": await visitor.shownSession() };
  const body = fields && new URLSearchParams(fields);
  return visitor.send(path, { method, headers, ...(body ? { body } : {}) });
}

/** The path of a person on the admin page, and of an act. */
export const person = (id: string, rest = "") => `${PATHS.people}/${id}${rest}`;
