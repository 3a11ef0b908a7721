import type { Settings } from "./ask.ts";
import type { Person, State } from "./state.ts";

/** Whether a person is an administrator: by the role, or by an address in the settings that Google vouches for. */
export function mayAdminister(person: Person, { adminEmail }: Settings): boolean {
  return person.hasRole || isConfigured(person, adminEmail);
}

/** Whether the settings name the person as an administrator. */
export function isConfigured(
  { account }: { account: Pick<Person["account"], "email" | "hostedDomain"> },
  adminEmail: string,
): boolean {
  return account.email === adminEmail && isVouchedFor(account);
}

/** Whether the settings let somebody in: administrators whom they name, and addresses that Google vouches for. */
export function mayEnter(
  account: Pick<Person["account"], "email" | "hostedDomain">,
  { adminEmail, allowed }: Settings,
): boolean {
  if (allowed === null || isConfigured({ account }, adminEmail)) return true;
  const { email } = account;
  const isListed = allowed.includes(email) || allowed.includes(email.slice(email.indexOf("@")));
  return isListed && isVouchedFor(account);
}

/** Whether Google says that the address still belongs to this person. */
export function isVouchedFor({
  email,
  hostedDomain,
}: Pick<Person["account"], "email" | "hostedDomain">): boolean {
  return hostedDomain !== undefined || email.endsWith("@gmail.com");
}

/** Whether nobody else could administer. */
export function isLastAdmin(
  { people }: State,
  { person, settings }: { person: Person; settings: Settings },
): boolean {
  const admins = [...people.values()].filter(
    (one) =>
      !one.isDisabled &&
      !one.isDisabledByGoogle &&
      mayEnter(one.account, settings) &&
      mayAdminister(one, settings),
  );
  return admins.length === 1 && admins[0]?.id === person.id;
}
