import type { AppStore } from "../db/contract/app_store.ts";
import type { AuditContext } from "../db/contract/audit.ts";
import { openStore } from "../db/open_store.ts";
import { type AppOptions, createApp } from "../src/app.ts";
import type { Assets } from "../src/assets.ts";
import { peoplePolicy } from "../src/auth/admission.ts";
import { createGoogleKeys } from "../src/auth/google_keys.ts";
import { JOSE } from "../src/auth/signed_token.ts";
import { type Environment, readConfig } from "../src/config.ts";
import { parseDatabase } from "../src/config/database.ts";
import { isLoopback } from "../src/config/values.ts";
import { PEOPLE, type StandInPerson } from "../src/google_stand_in/people.ts";
import { type GoogleStandIn, startGoogleStandIn } from "../src/google_stand_in/server.ts";
import type { Client, Connection } from "../src/http/client_address.ts";
import { UNCOUNTED } from "../src/http/counts.ts";
import { MACHINE } from "../src/machine.ts";
import { createLineSink, createLog } from "../src/process/log_sink.ts";
import { createLoginEvents } from "../src/session/login_events.ts";
import { createRefusalCounts } from "../src/session/refusal_counts.ts";
import { TEST_PAGES } from "./pages.tsx";
import { createSmallDatabase, PATIENT } from "./postgres/migrated.ts";
import { Visitor } from "./visitor.ts";

/** The client id of every composed application. */
export const CLIENT_ID = "test-client.apps.googleusercontent.com";

/** Where every request of a composed application comes from. */
export const CLIENT: Client = {
  exact: "203.0.113.7",
  address: "203.0.113.7",
  network: "203.0.113.0/24",
};
/** What its requests say about that. */
export const CONNECTION: Connection = { peer: "127.0.0.1", forwardedFor: CLIENT.address };
/** Its network, as people see it. */
export const NETWORK = CLIENT.network;

/** Ada, the first of the stand-in's people. */
export const ADA = PEOPLE[0] as StandInPerson;
/** Grace, the second. */
export const GRACE = PEOPLE[1] as StandInPerson;
/** Katherine, at a Workspace domain. */
export const KATHERINE = PEOPLE[2] as StandInPerson;
/** Edsger, verified, but at a domain that Google is not authoritative for. */
export const EDSGER = PEOPLE[3] as StandInPerson;
/** Mallory, whose address is not verified. */
export const MALLORY = PEOPLE[4] as StandInPerson;

/** An act of nobody's in particular, at `now`. */
export function auditAt(now: number): AuditContext {
  return { now, actorId: null, network: "", userAgent: "" };
}

/** Has an administrator disable somebody, or enable them again. */
export function setDisabled(
  { store, clock, deps }: Pick<Foyer, "store" | "clock" | "deps">,
  { userId, isDisabled }: { userId: string; isDisabled: boolean },
) {
  const act = { userId, policy: peoplePolicy(deps.config) };
  return store[isDisabled ? "disable" : "enable"](act, auditAt(clock.now));
}

/** A time that does not pass by itself, in milliseconds since 1970. */
export interface Clock {
  now: number;
  pass(ms: number): void;
}

/** The real application, composed with a real database and a stand-in over real HTTP. */
export interface Foyer {
  app: ReturnType<typeof createApp>;
  deps: AppOptions;
  store: AppStore;
  google: GoogleStandIn;
  clock: Clock;
  /** Every line of the log so far. */
  logLines: string[];
  /** Somebody new with a browser of their own. */
  visitor(): Visitor;
}

/** A store in memory. With `TEST_ENGINE=postgres`, every application has a database in a real PostgreSQL instead. */
async function openTestStore(): Promise<AppStore> {
  const isPostgres = process.env.TEST_ENGINE === "postgres";
  const address = isPostgres ? await createSmallDatabase() : ":memory:";
  return openStore(parseDatabase(address), { ...MACHINE, ...PATIENT });
}

/** The addresses of assets where no browser asks for them. */
export const NO_ASSETS: Assets = {
  files: new Map(),
  stylesheet: "/assets/style.css",
  script: "/assets/app.js",
  signedInScript: "/assets/signed_in.js",
  repost: "/assets/repost.js",
  brandStylesheet: null,
  logo: null,
  icon: { path: "/assets/icon.svg", type: "image/svg+xml" },
  phoneIcon: null,
  manifest: "/assets/manifest.webmanifest",
};

let sharedGoogle: Promise<GoogleStandIn> | null = null;

/** The stand-in that this process's tests share; its keys are slow to make. */
export function sharedStandIn(): Promise<GoogleStandIn> {
  sharedGoogle ??= startGoogleStandIn({ port: 0 });
  return sharedGoogle;
}

/** What a test brings itself in the place of what is composed. */
export type FoyerOverrides = Partial<AppOptions> & { google?: GoogleStandIn; clock?: Clock };

/** Composes the application under `env`; the clock starts at the machine's time. */
export async function createFoyer(
  env: Environment = {},
  { clock = createClock(), ...rest }: FoyerOverrides = {},
): Promise<Foyer> {
  const { google = await sharedStandIn(), ...overrides } = rest;
  const now = () => clock.now;
  // Beside a public origin there may be no stand-in.
  const isPublic = env.ORIGIN ? !isLoopback(new URL(env.ORIGIN).hostname) : false;
  const standIn = {
    GOOGLE_ACCOUNTS_URL: new URL(google.origin).origin,
    GOOGLE_JWKS_URL: new URL("/oauth2/v3/certs", google.origin).href,
  };
  const config = readConfig({
    GOOGLE_OAUTH2_CLIENT_ID: CLIENT_ID,
    // Tests are refused more often than people, and their clock stands still.
    SIGN_IN_LIMIT: "0",
    ...(isPublic ? {} : standIn),
    ...env,
  });
  const store = overrides.store ?? (await openTestStore());
  const logLines: string[] = [];
  const log =
    overrides.log ??
    createLog(
      createLineSink((line) => logLines.push(line)),
      { now },
    );
  const deps: AppOptions = {
    ...MACHINE,
    config,
    store,
    pages: TEST_PAGES,
    googleKeys: createGoogleKeys({ url: standIn.GOOGLE_JWKS_URL, now, log }),
    signatures: JOSE,
    assets: NO_ASSETS,
    loginEvents: createLoginEvents({ ...MACHINE, store, ...rest }),
    // The clock stands still, so nothing of a bound would come back.
    refusals: createRefusalCounts({ store, now, log, bytesAtOnce: Infinity }),
    log,
    clientOf: () => CLIENT,
    connectionOf: () => CONNECTION,
    keepOpen: () => {},
    isStopping: () => false,
    counts: UNCOUNTED,
    now,
    ...overrides,
  };
  const app = createApp(deps);
  const foyer = { app, deps, store: deps.store, google, clock, logLines };
  return { ...foyer, visitor: () => new Visitor(foyer) };
}

/** A clock that a test moves. */
export function createClock(now = Date.now()): Clock {
  return {
    now,
    pass(ms) {
      this.now += ms;
    },
  };
}
