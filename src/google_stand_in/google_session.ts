import { isObject } from "./parse_object.ts";
import { personOf, type StandInPerson } from "./people.ts";

/** A person who is signed in at the stand-in in this browser. */
export interface GoogleAccount extends StandInPerson {
  /** When the person signed in, in seconds since 1970. */
  authTime: number;
}

/** The Google session. The cookie itself lists the accounts, so that it survives a restart. */
const COOKIE = "google_accounts";
const ATTRIBUTES = { httpOnly: true, sameSite: "none", secure: true, path: "/" } as const;
const MAX_AGE_S = 31_536_000;
const MAX_ACCOUNTS = 10;

/** The people who are signed in at the stand-in in this browser, the latest first. */
export function readAccounts({ cookies }: Bun.BunRequest): GoogleAccount[] {
  try {
    const entries: unknown[] = JSON.parse(cookies.get(COOKIE) ?? "[]");
    return entries.filter(isEntry).map((entry) => ({
      ...personOf(entry),
      authTime: entry.authTime,
    }));
  } catch {
    return [];
  }
}

/** The signed-in person with this email address or `sub`. */
export function findAccount(request: Bun.BunRequest, hint: string): GoogleAccount | undefined {
  return readAccounts(request).find(({ email, sub }) => email === hint || sub === hint);
}

/**
 * Signs `person` in at the stand-in. Like Google, it asks a person who is signed in for no password again: the
 * time of the sign-in stays. Returns the account, and the header that reports it to FedCM. The cookie is
 * `SameSite=None`, because requests from pages of other sites need it. `now` is in milliseconds since 1970.
 *
 * @see https://w3c-fedid.github.io/FedCM/#set-login-header
 */
export function signInAtStandIn(
  request: Bun.BunRequest,
  { person, now }: { person: StandInPerson; now: number },
): { account: GoogleAccount; headers: HeadersInit } {
  const { authTime = Math.floor(now / 1000) } = findAccount(request, person.sub) ?? {};
  const account = { ...person, authTime };
  const others = readAccounts(request).filter(({ sub }) => sub !== person.sub);
  const entries: Entry[] = [account, ...others]
    .slice(0, MAX_ACCOUNTS)
    .map(({ email, name, hostedDomain, authTime }) => ({ email, name, hostedDomain, authTime }));
  request.cookies.set(COOKIE, JSON.stringify(entries), { ...ATTRIBUTES, maxAge: MAX_AGE_S });
  return { account, headers: { "Set-Login": "logged-in" } };
}

/** Signs all accounts out of the stand-in. Returns the header that reports it to FedCM. */
export function signOutOfStandIn({ cookies }: Bun.BunRequest): HeadersInit {
  cookies.set(COOKIE, "", { ...ATTRIBUTES, maxAge: 0 });
  return { "Set-Login": "logged-out" };
}

/** An account in the cookie. */
interface Entry {
  email: string;
  name: string;
  hostedDomain?: string | undefined;
  authTime: number;
}

function isEntry(entry: unknown): entry is Entry {
  return isObject(entry) && typeof entry.email === "string" && Number.isSafeInteger(entry.authTime);
}
