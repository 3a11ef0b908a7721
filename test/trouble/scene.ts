import { expect } from "bun:test";
import { join } from "node:path";

import type { StandInPerson } from "../../src/google_stand_in/people.ts";
import type { GoogleStandIn } from "../../src/google_stand_in/server.ts";
import { PATHS } from "../../src/paths.ts";
import { CLIENT_ID } from "../fixture.ts";
import { type FoyerProcess, freePort, startFoyerProcess } from "../foyer_process.ts";
import { RemoteVisitor } from "../remote_visitor.ts";

/** A running binary, and how it is seen from outside. */
export interface Scene {
  foyer: FoyerProcess;
  path: string;
  /** Signs somebody new in, in a browser of their own. */
  signIn(): Promise<{ browser: RemoteVisitor; response: Response }>;
  /** Signs somebody in who must be let in. */
  member(): Promise<RemoteVisitor>;
  /** Signing in is answered with a clear 503. */
  expectNoSignIn(): Promise<void>;
  /** Whoever is signed in can read. */
  expectReading(browser: RemoteVisitor): Promise<void>;
  health(): Promise<number>;
  /** Starts the binary again, on the same file. */
  restart(): Promise<Scene>;
}

export interface SceneOptions {
  command: string[];
  cwd?: string;
  folder: string;
  google: GoogleStandIn;
  port?: number;
}

let people = 0;

/** Starts `command` with its database in `folder`. */
export async function startScene({
  port = freePort(),
  cwd = "/",
  ...options
}: SceneOptions): Promise<Scene> {
  const { command, folder, google } = options;
  const path = join(folder, "foyer.db");
  const foyer = await startFoyerProcess(command, {
    cwd,
    env: {
      PORT: String(port),
      DATABASE_URL: `file:${path}`,
      GOOGLE_OAUTH2_CLIENT_ID: CLIENT_ID,
      GOOGLE_ACCOUNTS_URL: google.origin,
      GOOGLE_JWKS_URL: `${google.origin}/oauth2/v3/certs`,
      SIGN_IN_LIMIT: "0",
    },
  });

  async function signIn() {
    people += 1;
    const [sub, email] = [`3${people}`, `person.${people}@gmail.com`];
    const name = `Person ${people}`;
    const person: StandInPerson = { sub, email, name, emailVerified: true, hasPicture: false };
    const browser = new RemoteVisitor(foyer.origin);
    const credential = await browser.credential(google, person);
    return { browser, response: await browser.post(PATHS.login, { credential }) };
  }

  return {
    foyer,
    path,
    signIn,
    async member() {
      const { browser, response } = await signIn();
      expect(response.status).toBe(200);
      return browser;
    },
    async expectNoSignIn() {
      const { response } = await signIn();
      expect(response.status).toBe(503);
      expect(response.headers.get("retry-after")).toBe("5");
      expect(await response.json()).toMatchObject({ code: "database_unavailable" });
    },
    async expectReading(browser) {
      for (const path of [PATHS.navbar, "/htmx/content.secret1", "/htmx/account"]) {
        expect((await browser.fragment(path)).status).toBe(200);
      }
      expect((await browser.get(PATHS.isAuthenticated)).status).toBe(200);
    },
    health: async () => (await fetch(foyer.origin + PATHS.health)).status,
    restart: () => startScene({ ...options, cwd, port }),
  };
}
