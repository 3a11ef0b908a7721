import { IdleMessage, readWarningTime } from "./idle_message.ts";
import { askIdleTime, type IdleTime } from "./idle_time.ts";
import type { Shell } from "./shell.ts";

/** How often the server is asked while the warning is shown, or does not answer: another tab may keep the session. */
const ASK_EVERY_S = 5;
/** Browsers count longer timeouts as none. */
const LONGEST_WAIT_S = 86_400;

/**
 * Warns a person before idling ends their session. Only the tab that leads asks the server and shows it, so there is
 * one warning. What the server answers counts, never this machine's clock.
 */
export class IdleWarning {
  readonly #shell: Shell;
  readonly #message = new IdleMessage(() => void this.keepSession());
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isLeading = false;
  /** Whether it is time to ask, as soon as this tab leads. */
  #isDue = true;
  #isKeeping = false;
  #isUnreachable = false;
  /** The last word counts: an older answer may come later. */
  #turn = 0;

  constructor(shell: Shell) {
    this.#shell = shell;
  }

  get isShown(): boolean {
    return this.#message.isShown;
  }

  /** Whether `target` is a part of the warning. */
  isAround(target: EventTarget | null): boolean {
    return this.#message.isAround(target);
  }

  /** Called when this tab takes or loses the lead. */
  lead(isLeading: boolean): void {
    this.#isLeading = isLeading;
    if (!isLeading) {
      this.#isDue ||= this.isShown;
      this.#message.hide();
    }
    this.askIfDue();
  }

  /** Timers of a hidden tab are late, and of a machine that slept. */
  askIfDue(): void {
    if (this.#isLeading && (this.#isDue || this.isShown)) void this.#ask();
  }

  /** Follows what an answer of the navigation bar says. */
  follow({ secondsLeft }: Pick<IdleTime, "secondsLeft">): void {
    this.#turn += 1;
    this.#isDue = false;
    const before = readWarningTime();
    const isNear = secondsLeft !== null && before !== null && secondsLeft <= before;
    if (isNear && this.#isLeading) this.#message.show(secondsLeft);
    else this.#message.hide();
    clearTimeout(this.#timer);
    if (secondsLeft === null || before === null) return;
    this.#wait(isNear ? Math.min(secondsLeft, ASK_EVERY_S) : secondsLeft - before);
  }

  /** Keeps the session: the person is there. */
  async keepSession(): Promise<void> {
    if (this.#isKeeping) return;
    this.#isKeeping = true;
    await this.#ask({ isActivity: true });
    this.#isKeeping = false;
  }

  async #ask({ isActivity = false } = {}): Promise<void> {
    this.#isDue = !this.#isLeading && !isActivity;
    if (this.#isDue) return;
    const turn = (this.#turn += 1);
    const answer = await askIdleTime({ isActivity });
    if (turn !== this.#turn) return;
    if (!answer) return this.#tryAgain({ isActivity });
    if (this.#isUnreachable) this.#shell.sayUnreachable(false);
    this.#isUnreachable = false;
    this.follow(answer);
    // The session is over, or another person has signed in: the page finds out why.
    if (answer.viewer !== this.#shell.shownViewer()) this.#shell.reload();
  }

  /** Nothing is known, so nothing changes. Who wants to stay is told, and need not say so again. */
  #tryAgain({ isActivity }: { isActivity: boolean }): void {
    const isWanted = isActivity && this.isShown;
    if (isWanted) this.#shell.sayUnreachable(true);
    this.#isUnreachable ||= isWanted;
    this.#wait(ASK_EVERY_S, { isActivity: isWanted });
  }

  #wait(seconds: number, { isActivity = false } = {}): void {
    clearTimeout(this.#timer);
    const ms = 1000 * Math.min(Math.max(seconds, 1), LONGEST_WAIT_S);
    this.#timer = setTimeout(() => void this.#ask({ isActivity }), ms);
  }
}
