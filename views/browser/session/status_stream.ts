import { PAGE_PATHS } from "../../../src/paths.ts";
import { Backoff } from "../page/backoff.ts";

/** The tab that signs out reloads by itself and must not load everything twice. */
const SETTLING_MS = 250;

/** How often a stream that was closed is looked for. */
const LOOK_MS = 3000;

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
  readonly #backoff = new Backoff();
  #settling: ReturnType<typeof setTimeout> | undefined;

  constructor(listener: StatusStreamListener) {
    this.#listener = listener;
    // Firefox closes the stream, and tells nobody, when a link leads to a download.
    setInterval(() => this.#reconnectIfClosed(), LOOK_MS);
  }

  /** Follows `session`; `""` stops. */
  follow(session: string): void {
    if (session === this.#session) return;
    this.#session = session;
    this.#backoff.reset();
    this.#connect();
  }

  #connect(): void {
    this.#backoff.stop();
    clearTimeout(this.#settling);
    this.#source?.close();
    this.#source = null;
    if (!this.#session) return;
    const source = new EventSource(PAGE_PATHS.events);
    this.#source = source;
    source.addEventListener("LoginStatusChange", () => {
      clearTimeout(this.#settling);
      this.#settling = setTimeout(() => this.#listener.onChange(), SETTLING_MS);
    });
    source.addEventListener("open", () => this.#backoff.reset());
    // The browser reconnects after a network error. It gives up when the response is not a stream.
    source.addEventListener("error", () => this.#reconnectIfClosed());
  }

  #reconnectIfClosed(): void {
    if (this.#source?.readyState !== EventSource.CLOSED) return;
    this.#backoff.wait(() => void this.#listener.check().then(() => this.#connect()));
  }
}
