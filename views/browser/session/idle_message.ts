import { focusPage, uncoverFocus } from "../page/page_focus.ts";

const TICK_MS = 250;
/** The server counts whole seconds, so its word differs from the clock that is shown without being news. */
const TOLERANCE_MS = 1500;

/** How many seconds before the end the warning comes, or `null` if there is none. */
export function readWarningTime(): number | null {
  return Number(findTemplate()?.dataset.before) || null;
}

/** The warning with its clock, in the region of messages that interrupt. */
export class IdleMessage {
  readonly #keep: () => void;
  #element: HTMLElement | null = null;
  #ticking: ReturnType<typeof setInterval> | undefined;
  #endsAt = 0;
  /** At how many seconds it reminds once more, or `null`. */
  #reminder: number | null = null;
  /** Where the focus was before it came into the warning. */
  #origin: EventTarget | null = null;

  /** `keep` is called when the person wants to stay. */
  constructor(keep: () => void) {
    this.#keep = keep;
  }

  get isShown(): boolean {
    return this.#element !== null;
  }

  isAround(target: EventTarget | null): boolean {
    return target instanceof Node && this.#element?.contains(target) === true;
  }

  /** Shows how many seconds are left. */
  show(seconds: number): void {
    // A clock that is set must not make it jump.
    const endsAt = performance.now() + seconds * 1000;
    if (!this.#element || Math.abs(endsAt - this.#endsAt) > TOLERANCE_MS) this.#endsAt = endsAt;
    if (!this.#element) this.#insert(seconds);
    this.#tick();
  }

  /** Takes the warning away. The focus goes back to where it came from. */
  hide(): void {
    clearInterval(this.#ticking);
    const hadFocus = this.isAround(document.activeElement);
    this.#element?.remove();
    this.#element = null;
    if (!hadFocus) return;
    const origin = this.#origin;
    if (origin instanceof HTMLElement && origin.isConnected) origin.focus({ preventScroll: true });
    else focusPage();
  }

  #insert(seconds: number): void {
    const template = findTemplate();
    const copy = template?.content.firstElementChild?.cloneNode(true);
    const region = document.querySelector("#sign_in_message [role=alert]");
    if (!template || !region || !(copy instanceof HTMLElement)) return;
    this.#element = copy;
    this.#origin = null;
    copy.addEventListener("focusin", ({ relatedTarget }) => (this.#origin ??= relatedTarget));
    copy.querySelector("button")?.addEventListener("click", this.#keep);
    const reminder = Number(template.dataset.reminder);
    // A warning that comes late has said already how late it is.
    this.#reminder = seconds > reminder ? reminder : null;
    region.append(copy);
    uncoverFocus();
    this.#ticking = setInterval(() => this.#tick(), TICK_MS);
  }

  #tick(): void {
    const left = Math.max(0, Math.ceil((this.#endsAt - performance.now()) / 1000));
    const clock = this.#element?.querySelector("[role=timer]");
    const text = describeClock(left);
    if (!clock || clock.textContent === text) return;
    clock.textContent = text;
    if (this.#reminder === null || left > this.#reminder) return;
    this.#reminder = null;
    this.#element?.querySelector(".hear")?.append(findTemplate()?.dataset.reminder_text ?? "");
  }
}

/** Minutes and seconds, in the digits of the page's language. */
function describeClock(seconds: number): string {
  const write = (value: number, digits: number) =>
    new Intl.NumberFormat(document.documentElement.lang, { minimumIntegerDigits: digits }).format(
      value,
    );
  return `${write(Math.floor(seconds / 60), 1)}:${write(seconds % 60, 2)}`;
}

function findTemplate(): HTMLTemplateElement | null {
  return document.querySelector<HTMLTemplateElement>("template#idle_warning");
}
