const MIN_PAUSE_MS = 1000;
const MAX_PAUSE_MS = 30_000;

/** Pauses between attempts. They grow, with jitter, so that not all browsers come back at the same moment. */
export class Backoff {
  #ms = MIN_PAUSE_MS;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Runs `attempt` after the next pause, unless one is waiting already. */
  wait(attempt: () => void): void {
    if (this.#timer) return;
    const ms = this.#ms * (0.5 + Math.random() / 2);
    this.#timer = setTimeout(() => {
      this.stop();
      attempt();
    }, ms);
    this.#ms = Math.min(this.#ms * 2, MAX_PAUSE_MS);
  }

  /** Stops waiting. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  /** Stops waiting; the next pause is short again. */
  reset(): void {
    this.stop();
    this.#ms = MIN_PAUSE_MS;
  }
}
