/** Timers stand still while a machine sleeps, so the time is looked at again and again, in milliseconds. */
const LOOK_EVERY_MS = 60_000;

/**
 * `<refresh-after seconds="…">`: asks htmx for a fresh part of the page (the event `stale`) before what it
 * holds is too old to be used, however long the page stays open.
 */
class RefreshAfter extends HTMLElement {
  #bornAt = Date.now();
  #timer: ReturnType<typeof setInterval> | undefined;

  #look = () => {
    const ageS = (Date.now() - this.#bornAt) / 1000;
    if (ageS >= Number(this.getAttribute("seconds"))) this.dispatchEvent(new Event("stale"));
  };

  connectedCallback(): void {
    this.#timer = setInterval(this.#look, LOOK_EVERY_MS);
    document.addEventListener("visibilitychange", this.#look);
    window.addEventListener("focus", this.#look);
  }

  disconnectedCallback(): void {
    clearInterval(this.#timer);
    document.removeEventListener("visibilitychange", this.#look);
    window.removeEventListener("focus", this.#look);
  }
}

/** Makes `<refresh-after>` known to the browser. */
export function defineRefreshAfter(): void {
  customElements.define("refresh-after", RefreshAfter);
}
