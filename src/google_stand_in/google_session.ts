import { personOf, type StandInPerson } from "./people.ts";

/** The stand-in's session: who is signed in, in the cookie itself, so that it outlives a restart. */
const COOKIE = "google_accounts";
const ATTRIBUTES = { httpOnly: true, sameSite: "none", secure: true, path: "/" } as const;
const MAX_AGE_S = 31_536_000;
const MOST = 10;

/** The people who are signed in at the stand-in in the browser that asks, the latest first. */
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

/** The signed-in account that a hint names by address or `sub`. */
export function findAccount(request: Bun.BunRequest, hint: string): StandInPerson | undefined {
  return readAccounts(request).find(({ email, sub }) => email === hint || sub === hint);
}

/**
 * Signs `person` in at the stand-in; answers with the header that tells the browser's FedCM so. A page of
 * another site only gets its session when the cookie is `SameSite=None`.
 *
 * @see https://w3c-fedid.github.io/FedCM/#set-login-header
 */
export function signInAtStandIn(request: Bun.BunRequest, person: StandInPerson): HeadersInit {
  const others = readAccounts(request).filter(({ sub }) => sub !== person.sub);
  const accounts = [person, ...others]
    .slice(0, MOST)
    .map(({ email, name, hostedDomain }) => ({ email, name, hostedDomain }));
  request.cookies.set(COOKIE, JSON.stringify(accounts), { ...ATTRIBUTES, maxAge: MAX_AGE_S });
  return { "Set-Login": "logged-in" };
}

/** Signs everybody out of the stand-in; answers with the header that tells the browser's FedCM so. */
export function signOutOfStandIn({ cookies }: Bun.BunRequest): HeadersInit {
  cookies.set(COOKIE, "", { ...ATTRIBUTES, maxAge: 0 });
  return { "Set-Login": "logged-out" };
}
