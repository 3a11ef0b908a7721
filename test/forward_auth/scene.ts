import type { Environment } from "../../src/config.ts";
import type { StandInPerson } from "../../src/google_stand_in/people.ts";
import { ADA, createFoyer, type Foyer, GRACE } from "../fixture.ts";
import type { Visitor } from "../visitor.ts";

export const WIKI = "https://wiki.example.com";
export const GRAFANA = "https://grafana.example.com";
export const SHOP = "https://shop.example.com:8443";
export const FOYER = "https://auth.example.com";
export const ACCESS = "__Secure-foyer_access";

export const SETTINGS: Environment = {
  ORIGIN: FOYER,
  COOKIE_DOMAIN: "example.com",
  ADMIN_EMAILS: ADA.email,
  FORWARD_AUTH_ORIGINS: `${WIKI} "Wiki, of the house" members, ${GRAFANA} admins, ${SHOP} @kth.example ${GRACE.email}`,
};

/** Foyer in front of three applications. */
export function createForwardAuth(env: Environment = {}): Promise<Foyer> {
  return createFoyer({ ...SETTINGS, ...env });
}

/** What a proxy asks, with what the visitor's browser sent. */
export interface Asked {
  /** What the proxy's configuration says; `null` if it says nothing. */
  site?: string | null;
  uri?: string;
  method?: string;
  headers?: Record<string, string>;
}

/** The headers of a browser that opens a page. */
export const NAVIGATION = { "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" };

/** Asks as a proxy does, with the cookies that the visitor's browser sends to that host. */
export function verify(
  visitor: Visitor,
  { site = WIKI, uri = "/", method = "GET", headers = {} }: Asked = {},
): Promise<Response> {
  return visitor.send("/auth/verify", {
    headers: {
      ...(site === null ? {} : { "x-foyer-origin": site }),
      "x-forwarded-uri": uri,
      "x-forwarded-method": method,
      ...headers,
    },
  });
}

/** A visitor of the protected hosts only: without the cookies of Foyer's own host. */
export function guestOf(visitor: Visitor): Visitor {
  const guest = visitor.clone();
  for (const name of guest.cookies.keys())
    if (name.startsWith("__Host-")) guest.cookies.delete(name);
  return guest;
}

/** Somebody who has signed in. */
export async function signedIn(foyer: Foyer, person: StandInPerson): Promise<Visitor> {
  const visitor = foyer.visitor();
  const response = await visitor.signIn(person);
  if (response.status !== 200) throw new Error(await response.text());
  return visitor;
}
