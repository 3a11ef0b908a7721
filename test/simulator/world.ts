import type { AppStore } from "../../db/contract/app_store.ts";
import { openStore } from "../../db/open_store.ts";
import type { Config } from "../../src/config.ts";
import type { DatabaseAddress } from "../../src/config/database.ts";
import type { Chance } from "../chance.ts";
import { PATIENT } from "../postgres/migrated.ts";
import { type Browser, createBrowsers } from "./browser.ts";
import { BOUND_AGE_MS, FoyerProcess, readSettings } from "./foyer_process.ts";
import type { Credential, SecurityEvent } from "./google.ts";
import type { Challenge, Nonce, Settings } from "./model/ask.ts";
import { createState, type State } from "./model/state.ts";
import { Surroundings } from "./surroundings.ts";

const LONGEST_STORY = 40;

export interface WorldOptions {
  seed: number;
  database: DatabaseAddress;
  chance: Chance;
  /** Called with everything that a run must repeat: each answer and each line of the log. */
  note: (text: string) => void;
}

/** Everything there is: one process or two over one database, browsers, a thief, Google, and what the model knows of it. */
export class World {
  readonly around: Surroundings;
  readonly processes: readonly FoyerProcess[];
  /** Whether one process serves everybody: then activity waits in it until an act or a timer writes it. */
  readonly isAlone: boolean;
  #observer!: AppStore;
  /** The settings of both processes. */
  config: Config;
  readonly browsers: Browser[] = createBrowsers();
  /** Browsers with copied cookies. */
  readonly thieves: Browser[] = [];
  /** The sign-in cookie that each state is for. */
  readonly signInTokens = new Map<string, string>();
  /** Where each nonce comes from. */
  readonly nonces = new Map<string, Nonce>();
  /** What each challenge is for. */
  readonly challenges = new Map<string, Challenge>();
  /** When a request of a session last lacked its device, by process and session. */
  readonly faultsOfDevices = new Map<string, number>();
  /** Tokens that Google gave, the newest last; some are presented again. */
  readonly credentials: Credential[] = [];
  /** Events that Google may deliver, in any order and several times. */
  readonly outbox: SecurityEvent[] = [];
  readonly note: (text: string) => void;
  /** Whether people seldom end sessions, and thieves have time. */
  readonly isCalm: boolean;
  /** What may be the case: nearly always one state. */
  states: readonly State[] = [createState()];
  /** How often what happened: answers by wish, and events of the audit log. */
  readonly counts = new Map<string, number>();
  /** What happened last, in words. */
  readonly story: string[] = [];
  /** The newest event of the audit log that was compared. */
  lastSeq = 0;
  #events = 0;

  readonly #database: DatabaseAddress;

  constructor({ seed, database, chance, note }: WorldOptions) {
    this.#database = database;
    this.note = note;
    this.around = new Surroundings(seed, note);
    this.isCalm = chance.percent(60);
    const signUp = chance.percent(30) ? "closed" : "open";
    this.config = readSettings(signUp, { isTight: chance.percent(20), binds: (seed + 1) % 5 < 2 });
    const options = { config: this.config, around: this.around };
    this.isAlone = seed % 4 === 2;
    const count = this.isAlone ? 1 : 2;
    this.processes = Array.from({ length: count }, () => new FoyerProcess(database, options));
  }

  /** Begins: everybody opens the database. */
  async begin(): Promise<void> {
    for (const process of this.processes) await process.start();
    this.#observer = await openStore(this.#database, { ...this.around.machine, ...PATIENT });
  }

  /** Reads what is the case: beside the processes, or as the only one sees it. */
  get observer(): AppStore {
    const [only] = this.processes;
    return this.isAlone && only ? only.store : this.#observer;
  }

  /**
   * Of two processes, the other one sees activity late. So each step ends as if the timers for it had run: what a session
   * may do between two processes is not foretold to the second.
   */
  async writeActivity(): Promise<void> {
    if (this.isAlone) return;
    for (const { store } of this.processes) await store.writeActivity();
  }

  /** Whether transactions at the same moment really overlap. */
  get overlaps(): boolean {
    return this.#database.engine === "postgres";
  }

  /** The same as the model reads them. */
  get settings(): Settings {
    return settingsOf(this.config);
  }

  /** What is the case, as far as anybody can see. */
  get state(): State {
    return this.states[0] as State;
  }

  count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }

  /** Adds to the story, of which only the end is kept. */
  tell(what: string): void {
    this.story.push(`${new Date(this.around.now).toISOString()} ${what}`);
    if (this.story.length > LONGEST_STORY) this.story.shift();
  }

  /** An id for an event that Google has not used before. */
  nextEventId(): string {
    this.#events += 1;
    return `event-${this.#events}`;
  }

  async close(): Promise<void> {
    for (const process of this.processes) await process.stop({ isPolite: true });
    await this.#observer.close();
  }
}

function settingsOf(config: Config): Settings {
  const [adminEmail = ""] = config.adminEmails;
  return {
    maxAgeMs: config.sessionMaxAgeMs,
    lifetimeMs: config.sessionLifetimeMs,
    auditRetentionMs: config.auditRetentionMs,
    adminEmail,
    binds: config.offersBinding,
    boundAgeMs: BOUND_AGE_MS,
    signUp: config.signUp,
    allowed: config.allowedEmails && [
      ...config.allowedEmails.addresses,
      ...[...config.allowedEmails.domains].map((domain) => `@${domain}`),
    ],
  };
}
