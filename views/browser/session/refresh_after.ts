/** Timers stop while a machine sleeps, so the age is checked at intervals, in milliseconds. */
const CHECK_EVERY_MS = 60_000;

/**
 * `<refresh-after seconds="…">`: fires `stale` before its content expires, so that htmx loads it again, however
 * long the page stays open.
 */
class RefreshAfter extends HTMLElement {
  #createdAt = Date.now();
  #timer: ReturnType<typeof setInterval> | undefined;

  #check = () => {
    const ageS = (Date.now() - this.#createdAt) / 1000;
    if (ageS >= Number(this.getAttribute("seconds"))) this.dispatchEvent(new Event("stale"));
  };

  connectedCallback(): void {
    this.#timer = setInterval(this.#check, CHECK_EVERY_MS);
    document.addEventListener("visibilitychange", this.#check);
    window.addEventListener("focus", this.#check);
  }

  disconnectedCallback(): void {
    clearInterval(this.#timer);
    document.removeEventListener("visibilitychange", this.#check);
    window.removeEventListener("focus", this.#check);
  }
}

/** Defines `<refresh-after>`. */
export function defineRefreshAfter(): void {
  customElements.define("refresh-after", RefreshAfter);
}
