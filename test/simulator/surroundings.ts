import type { Machine } from "../../src/machine.ts";
import { createRandom } from "../chance.ts";
import { Google } from "./google.ts";
import { Turns } from "./turns.ts";

const START = Date.UTC(2026, 10, 25);

interface Timer {
  ms: number;
  next: number;
  act: () => void;
}

/** Everything outside of the server: the clock and its timers, randomness, Google, and who gets the next turn. */
export class Surroundings {
  /** What the clock says. */
  now = START;
  readonly google = new Google();
  readonly turns = new Turns();
  readonly machine: Machine;
  /** How much time has really passed: timers do not notice that a clock is set. */
  #passed = 0;
  readonly #timers = new Set<Timer>();
  readonly writeLog: (line: string) => void;

  constructor(seed: number, writeLog: (line: string) => void) {
    this.writeLog = writeLog;
    this.machine = {
      now: () => this.now,
      random: createRandom(seed),
      every: (ms, act) => {
        const timer = { ms, next: this.#passed + ms, act };
        this.#timers.add(timer);
        return () => this.#timers.delete(timer);
      },
    };
  }

  /** The clock is set, forward or back. */
  setClock(ms: number): void {
    this.now += ms;
  }

  /** Time passes. Each timer that is due runs once; `onTimer` is called behind each, with how often it runs. */
  async pass(ms: number, onTimer: (ms: number) => Promise<void>): Promise<void> {
    this.now += ms;
    this.#passed += ms;
    for (const timer of this.#timers) {
      if (timer.next > this.#passed) continue;
      timer.next = this.#passed + timer.ms;
      timer.act();
      await this.turns.rest();
      await onTimer(timer.ms);
    }
  }
}
