import { personOf, type StandInPerson } from "./people.ts";

/** The Google session. The cookie itself lists the accounts, so that it survives a restart. */
const COOKIE = "google_accounts";
const ATTRIBUTES = { httpOnly: true, sameSite: "none", secure: true, path: "/" } as const;
const MAX_AGE_S = 31_536_000;
const MAX_ACCOUNTS = 10;

/** The people who are signed in at the stand-in in this browser, the latest first. */
export function readAccounts({ cookies }: Bun.BunRequest): StandInPerson[] {
  try {
    const accounts: { email: string; name: string; hostedDomain?: string }[] = JSON.parse(
      cookies.get(COOKIE) ?? "[]",
    );
    return accounts.map(personOf);
  } catch {
    return [];
  }
}

/** The signed-in person with this email address or `sub`. */
export function findAccount(request: Bun.BunRequest, hint: string): StandInPerson | undefined {
  return readAccounts(request).find(({ email, sub }) => email === hint || sub === hint);
}

/**
 * Signs `person` in at the stand-in. Returns the header that reports it to FedCM. The cookie is
 * `SameSite=None`, because requests from pages of other sites need it.
 *
 * @see https://w3c-fedid.github.io/FedCM/#set-login-header
 */
export function signInAtStandIn(request: Bun.BunRequest, person: StandInPerson): HeadersInit {
  const others = readAccounts(request).filter(({ sub }) => sub !== person.sub);
  const accounts = [person, ...others]
    .slice(0, MAX_ACCOUNTS)
    .map(({ email, name, hostedDomain }) => ({ email, name, hostedDomain }));
  request.cookies.set(COOKIE, JSON.stringify(accounts), { ...ATTRIBUTES, maxAge: MAX_AGE_S });
  return { "Set-Login": "logged-in" };
}

/** Signs all accounts out of the stand-in. Returns the header that reports it to FedCM. */
export function signOutOfStandIn({ cookies }: Bun.BunRequest): HeadersInit {
  cookies.set(COOKIE, "", { ...ATTRIBUTES, maxAge: 0 });
  return { "Set-Login": "logged-out" };
}
