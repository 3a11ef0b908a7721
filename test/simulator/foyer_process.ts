import type { AppStore } from "../../db/contract/app_store.ts";
import { openPostgres } from "../../db/postgres/open_postgres.ts";
import { openSqlite } from "../../db/sqlite/open_sqlite.ts";
import { createApp } from "../../src/app.ts";
import { measureClock } from "../../src/auth/clock.ts";
import { createGoogleKeys } from "../../src/auth/google_keys.ts";
import { type Config, readConfig } from "../../src/config.ts";
import type { DatabaseAddress } from "../../src/config/database.ts";
import { UNCOUNTED } from "../../src/http/counts.ts";
import { createLineSink, createLog } from "../../src/process/log_sink.ts";
import { createLoginEvents, type LoginEvents } from "../../src/session/login_events.ts";
import { createRefusalCounts, type RefusalCounts } from "../../src/session/refusal_counts.ts";
import { startSweeper } from "../../src/sweeper.ts";
import { CLIENT, CLIENT_ID, CONNECTION, NO_ASSETS } from "../fixture.ts";
import { TEST_PAGES } from "../pages.tsx";
import { PATIENT } from "../postgres/migrated.ts";
import { ConnectionFaults } from "./connection_faults.ts";
import { SYNCHRONOUS } from "./signature_check.ts";
import { type Faults, StoreFaults } from "./store_faults.ts";
import type { Surroundings } from "./surroundings.ts";

/** The people that tight settings let in. */
const FEW = "grace.hopper@gmail.com,@orbit.example";

/** How long a bound cookie lasts: less than idling. */
export const BOUND_AGE_MS = 120_000;

/** Two protected applications: one for members, one for administrators. */
export const SITES = { members: "http://localhost:8080", admins: "http://localhost:9090" } as const;

/**
 * The settings that all processes share: who may create an account, whether only few may come in, and whether sessions are
 * bound to devices.
 */
export function readSettings(
  signUp: "open" | "closed",
  { isTight, binds }: { isTight: boolean; binds: boolean },
): Config {
  const config = readConfig({
    FORWARD_AUTH_ORIGINS: `${SITES.members} members, ${SITES.admins} admins`,
    ...(isTight ? { ALLOWED_EMAILS: FEW } : {}),
    GOOGLE_OAUTH2_CLIENT_ID: CLIENT_ID,
    ADMIN_EMAILS: "ada.lovelace@gmail.com",
    SIGN_UP: signUp,
    SESSION_MAX_AGE: "300",
    SESSION_LIFETIME: "7200",
    AUDIT_RETENTION_DAYS: "2",
    SIGN_IN_LIMIT: "0",
  });
  // With a real domain, everything would be https. These jars do not mind.
  const settings = { ...config, cookieDomain: "example.com" };
  return binds ? { ...settings, origin: "https://localhost", offersBinding: true } : settings;
}

/** One server process: the real application over the shared database. It can be stopped and started again. */
export class FoyerProcess {
  readonly faults: Faults;
  /** The ids of the keys that it has, as far as Google has given them. */
  kids: readonly string[] = [];
  readonly #open: () => Promise<AppStore>;
  #config: Config;
  readonly #around: Surroundings;
  #running: Running | null = null;

  constructor(database: DatabaseAddress, { config, around }: ProcessOptions) {
    this.#config = config;
    this.#around = around;
    const { machine, turns } = around;
    if (database.engine === "sqlite") {
      const faults = new StoreFaults();
      this.faults = faults;
      const options = { ...machine, openFile: faults.open, batchMs: 1e9 };
      this.#open = async () => openSqlite(database.path, options);
    } else {
      const faults = new ConnectionFaults(database, turns);
      this.faults = faults;
      this.#open = async () => faults.of(await openPostgres(database, { ...machine, ...PATIENT }));
    }
  }

  async start(): Promise<void> {
    this.#running = this.#compose(await this.#open());
  }

  async send(request: Request): Promise<Response> {
    if (!this.#running) throw new Error("It does not run");
    return this.#running.app.handle(request);
  }

  /** What it sees in the database, and what of its own waits to be written. */
  get store(): AppStore {
    if (!this.#running) throw new Error("It does not run");
    return this.#running.store;
  }

  /** Stops, politely or at once, and starts over the same database. */
  async restart({ isPolite, config }: { isPolite: boolean; config: Config }): Promise<void> {
    await this.stop({ isPolite });
    this.#config = config;
    this.kids = [];
    await this.start();
  }

  /** What a process does at its end; one that is killed writes nothing more. */
  async stop({ isPolite }: { isPolite: boolean }): Promise<void> {
    if (!this.#running) return;
    const { store, refusals, loginEvents, stopSweeper } = this.#running;
    stopSweeper();
    if (isPolite) {
      loginEvents.close();
      await refusals.flush();
    }
    await store.close();
    this.#running = null;
  }

  #compose(store: AppStore): Running {
    const { machine, google, turns, writeLog } = this.#around;
    const config = this.#config;
    const { now } = machine;
    const ordered = turns.of(store);
    const log = createLog(createLineSink(writeLog), { now });
    const refusals = createRefusalCounts({ store: ordered, now, log });
    const loginEvents = createLoginEvents({ store: ordered, every: machine.every });
    const fetch = () =>
      turns.take(async () =>
        google.answerKeys(now(), (kids) => {
          this.kids = kids;
        }),
      );
    const context = {
      ...machine,
      ...{ config, store: ordered, refusals, loginEvents, log, signatures: SYNCHRONOUS },
      ...{
        assets: NO_ASSETS,
        pages: TEST_PAGES,
        clientOf: () => CLIENT,
        connectionOf: () => CONNECTION,
        keepOpen: () => {},
        isStopping: () => false,
        counts: UNCOUNTED,
        boundAgeMs: BOUND_AGE_MS,
      },
      googleKeys: createGoogleKeys({ url: config.googleJwksUrl, now, log, fetch }),
      measureClock: () => measureClock({ url: config.googleJwksUrl, now, fetch }),
    };
    const app = createApp(context);
    return { app, store, refusals, loginEvents, stopSweeper: startSweeper(context) };
  }
}

interface ProcessOptions {
  config: Config;
  around: Surroundings;
}

interface Running {
  app: ReturnType<typeof createApp>;
  store: AppStore;
  refusals: RefusalCounts;
  loginEvents: LoginEvents;
  stopSweeper: () => void;
}
