import { PATHS } from "../../../src/paths.ts";

const MIN_PAUSE_MS = 1000;
const MAX_PAUSE_MS = 60_000;
/** The tab that signs out reloads by itself and must not load everything twice. */
const SETTLING_MS = 250;

/** Handles a change of the login status, and a refused stream. */
export interface StatusStreamListener {
  onChange(): void;
  /** Checks whether the session is still valid. Afterwards the stream reconnects. */
  check(): Promise<void>;
}

/** Streams the changes of a session's login status while a person is signed in. */
export class StatusStream {
  readonly #listener: StatusStreamListener;
  #source: EventSource | null = null;
  #session = "";
  #pauseMs = MIN_PAUSE_MS;
  #pause: ReturnType<typeof setTimeout> | undefined;
  #settling: ReturnType<typeof setTimeout> | undefined;

  constructor(listener: StatusStreamListener) {
    this.#listener = listener;
  }

  /** Follows `session`; `""` stops. */
  follow(session: string): void {
    if (session === this.#session) return;
    this.#session = session;
    this.#pauseMs = MIN_PAUSE_MS;
    this.#connect();
  }

  #connect(): void {
    clearTimeout(this.#pause);
    clearTimeout(this.#settling);
    this.#source?.close();
    this.#source = null;
    if (!this.#session) return;
    const source = new EventSource(PATHS.events);
    this.#source = source;
    source.addEventListener("LoginStatusChange", () => {
      clearTimeout(this.#settling);
      this.#settling = setTimeout(() => this.#listener.onChange(), SETTLING_MS);
    });
    source.addEventListener("open", () => {
      this.#pauseMs = MIN_PAUSE_MS;
    });
    // The browser reconnects after a network error. It gives up when the response is not a stream.
    source.addEventListener("error", () => {
      if (source.readyState === EventSource.CLOSED) this.#connectLater();
    });
  }

  /** Reconnects with exponential backoff and jitter, so that not all browsers come back at the same moment. */
  #connectLater(): void {
    const ms = this.#pauseMs * (0.5 + Math.random() / 2);
    this.#pauseMs = Math.min(this.#pauseMs * 2, MAX_PAUSE_MS);
    this.#pause = setTimeout(() => void this.#listener.check().then(() => this.#connect()), ms);
  }
}
