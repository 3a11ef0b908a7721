import { PATHS } from "../../../src/paths.ts";

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 60_000;
/** The tab in which somebody signs out follows by itself, and is not to load everything twice. */
const SETTLING_MS = 250;

/** What is done when the server says that something has changed, and when it gives no stream. */
export interface StatusStreamListener {
  hear(): void;
  /** Finds out whether the session still goes on; the stream is opened again afterwards. */
  check(): Promise<void>;
}

/** The server's word of every change of a session's login status, for as long as somebody is signed in. */
export class StatusStream {
  readonly #listener: StatusStreamListener;
  #source: EventSource | null = null;
  #session = "";
  #pauseMs = FIRST_PAUSE_MS;
  #pause: ReturnType<typeof setTimeout> | undefined;
  #heard: ReturnType<typeof setTimeout> | undefined;

  constructor(listener: StatusStreamListener) {
    this.#listener = listener;
  }

  /** Follows `session` from now on; `""` ends that. */
  follow(session: string): void {
    if (session === this.#session) return;
    this.#session = session;
    this.#pauseMs = FIRST_PAUSE_MS;
    this.#connect();
  }

  #connect(): void {
    clearTimeout(this.#pause);
    clearTimeout(this.#heard);
    this.#source?.close();
    this.#source = null;
    if (!this.#session) return;
    const source = new EventSource(PATHS.events);
    this.#source = source;
    source.addEventListener("LoginStatusChange", () => {
      clearTimeout(this.#heard);
      this.#heard = setTimeout(() => this.#listener.hear(), SETTLING_MS);
    });
    source.addEventListener("open", () => {
      this.#pauseMs = FIRST_PAUSE_MS;
    });
    // A connection that breaks is made anew by the browser; an answer that is no stream ends it.
    source.addEventListener("error", () => {
      if (source.readyState === EventSource.CLOSED) this.#connectLater();
    });
  }

  /** Waits longer each time, and a little by chance, so that not all come back in the same moment. */
  #connectLater(): void {
    const ms = this.#pauseMs * (0.5 + Math.random() / 2);
    this.#pauseMs = Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS);
    this.#pause = setTimeout(() => void this.#listener.check().then(() => this.#connect()), ms);
  }
}
