/** How long a wait may take, in milliseconds, before it fails with its own words. */
const PATIENCE_MS = 15_000;
const POLL_EVERY_MS = 30;

/** A tab or window, by what a person does in it. Functions that it is given run in its page, and travel as text. */
export interface Tab {
  /** Opens an address, and waits until its page has loaded. */
  open(address: string): Promise<void>;
  reload(): Promise<void>;
  /** Brings the tab to the front. */
  show(): Promise<void>;
  /** What `act` answers with in the page; `argument` and answer are JSON. */
  evaluate<Argument, Answer>(
    act: (argument: Argument) => Answer,
    argument?: Argument,
  ): Promise<Awaited<Answer>>;
  /** Clicks as soon as there is something to click. */
  click(selector: string): Promise<void>;
  /** Clicks what `selector` finds inside of `frame`, which may be of another origin. */
  clickInFrame(selector: string, frame: string): Promise<void>;
  /** Does `act`, and answers with the window that opens by it. */
  popup(act: () => Promise<void>): Promise<Tab>;
  isClosed(): Promise<boolean>;
}

/** A fresh profile: nothing in it is known to another one. */
export interface EngineVisit {
  tab: Tab;
  /** One more tab of the same profile. */
  openTab(): Promise<Tab>;
}

/** What a visit's pages may complain about. */
export interface VisitOptions {
  expected?: RegExp[];
}

/** A browser that runs. */
export interface RunningEngine {
  /**
   * Runs `act` with a fresh profile, and throws if one of its pages broke its content security policy, or
   * wrote an error or a warning to the console that is not among `expected`.
   */
  visit(act: (visit: EngineVisit) => Promise<void>, options?: VisitOptions): Promise<void>;
  close(): Promise<void>;
}

/** How to start a browser. */
export interface EngineOptions {
  /** Whether it takes every certificate for a good one. */
  acceptInsecureCerts?: boolean;
}

/** A make of browser. */
export interface Engine {
  name: string;
  isInstalled: boolean;
  /** Debian's packages with it. */
  packages: string[];
  start(options?: EngineOptions): Promise<RunningEngine>;
}

/** Looks until there is something, and answers with it; a page that is just being left cannot be looked at. */
export async function lookFor<Found>(
  look: () => Promise<Found>,
  complaint: string | (() => string),
): Promise<NonNullable<Found>> {
  const deadline = Date.now() + PATIENCE_MS;
  for (let cause: unknown; ; await Bun.sleep(POLL_EVERY_MS)) {
    try {
      const found = await look();
      if (found) return found;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    if (Date.now() < deadline) continue;
    throw new Error(typeof complaint === "string" ? complaint : complaint(), { cause });
  }
}
