import type { StandInPerson } from "../src/google_stand_in/people.ts";
import type { TokenOrder } from "../src/google_stand_in/server.ts";
import { PATHS } from "../src/paths.ts";
import type { Foyer } from "./fixture.ts";

/** How a request of a visitor's differs from the ordinary. */
export interface Visit {
  method?: string;
  headers?: Record<string, string>;
  body?: RequestInit["body"];
  /** Whether cookies of the answer are kept; a lost answer leaves none. */
  isAnswerLost?: boolean;
}

/** A server that a browser asks, in this process or elsewhere. */
export interface AskedServer extends Pick<Foyer, "google"> {
  app: { handle(request: Request): Response | Promise<Response> };
  clock: Pick<Foyer["clock"], "now">;
  deps: { config: Pick<Foyer["deps"]["config"], "googleClientId"> };
}

/** A browser as the server sees one: keeps cookies, sends what browsers send. */
export class Visitor {
  readonly cookies: Map<string, string>;
  readonly #foyer: AskedServer;

  constructor(foyer: AskedServer, cookies = new Map<string, string>()) {
    this.#foyer = foyer;
    this.cookies = cookies;
  }

  /** Sends a request as our own page would. */
  async send(
    path: string,
    { method = "GET", headers, body, isAnswerLost }: Visit = {},
  ): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const request = new Request(`http://localhost${path}`, {
      method,
      redirect: "manual",
      headers: { "sec-fetch-site": "same-origin", ...(cookie ? { cookie } : {}), ...headers },
      ...(body === undefined ? {} : { body }),
    });
    const response = await this.#foyer.app.handle(request);
    if (!isAnswerLost) this.#keepCookies(response);
    return response;
  }

  /** Asks for a fragment, as htmx does. */
  fragment(path: string, visit: Visit = {}): Promise<Response> {
    return this.send(path, { ...visit, headers: { "hx-request": "true", ...visit.headers } });
  }

  /** Posts a form, as our own script does. */
  post(path: string, fields: Record<string, string> = {}): Promise<Response> {
    return this.send(path, { method: "POST", body: new URLSearchParams(fields) });
  }

  /** The nonce in a fresh navigation bar. */
  async nonce(): Promise<string> {
    const html = await (await this.fragment(PATHS.navbar)).text();
    const nonce = /data-nonce="([^"]+)"/.exec(html)?.[1];
    if (!nonce) throw new Error(`No nonce in ${html}`);
    return nonce;
  }

  /** The same browser while nobody is signed in. */
  anonymous(): Visitor {
    const anonymous = this.clone();
    for (const name of ["session_id", "__Host-Http-session_id"]) anonymous.cookies.delete(name);
    return anonymous;
  }

  /** A nonce as a page of this browser has it while nobody is signed in. */
  anonymousNonce(): Promise<string> {
    return this.anonymous().nonce();
  }

  /** The name of the session that a fresh navigation bar shows. */
  async shownSession(): Promise<string> {
    const html = await (await this.fragment(PATHS.navbar)).text();
    return /data-session="([^"]*)"/.exec(html)?.[1] ?? "";
  }

  /** A token for `person`, with this browser's nonce unless `token` says otherwise. */
  async credential(person: StandInPerson, token: Partial<TokenOrder> = {}): Promise<string> {
    const { google, clock, deps } = this.#foyer;
    const nonce = token.nonce ?? (await this.nonce());
    const { googleClientId: clientId } = deps.config;
    return google.issueToken({ person, clientId, nonce, now: clock.now, ...token });
  }

  /** Signs in the whole way: navigation bar, token, post. */
  async signIn(person: StandInPerson, token: Partial<TokenOrder> = {}): Promise<Response> {
    return this.post(PATHS.login, { credential: await this.credential(person, token) });
  }

  /** The status with which the server answers whether this visitor is signed in. */
  async status(): Promise<number> {
    return (await this.send(PATHS.isAuthenticated)).status;
  }

  /** The value of the session's cookie. */
  get sessionToken(): string {
    return this.cookies.get("session_id") ?? this.cookies.get("__Host-Http-session_id") ?? "";
  }

  /** Another holder of the same cookies. */
  clone(): Visitor {
    return new Visitor(this.#foyer, new Map(this.cookies));
  }

  /** The same browser, which asks another server. */
  at(server: AskedServer): Visitor {
    return new Visitor(server, this.cookies);
  }

  #keepCookies(response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (/;\s*max-age=0(;|$)/i.test(line)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
  }
}

/** The stable code of a problem document. */
export async function codeOf(response: Response): Promise<string> {
  return ((await response.json()) as { code: string }).code;
}
