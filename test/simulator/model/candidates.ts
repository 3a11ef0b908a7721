import type { Answer, Ask, Settings } from "./ask.ts";
import { copyState } from "./copies.ts";
import { answerOf } from "./rules.ts";
import type { State } from "./state.ts";

/** One way in which requests may have gone: their answers, and the state behind them. */
export interface Candidate {
  state: State;
  /** In the order of the requests. */
  answers: Answer[];
}

export interface Moment {
  state: State;
  settings: Settings;
  asks: readonly Ask[];
  /** Whether a statement of the store failed meanwhile. */
  hasFailed: boolean;
}

/**
 * All ways in which requests may go. One alone has one way. Of several at the same moment, each takes effect at once,
 * in some order. When the store fails, some changes in a row are left out, each completely: a request may go on when
 * it could not keep its session.
 */
export function* candidatesOf(moment: Moment): Generator<Candidate> {
  for (const asks of casesOf(moment.asks)) {
    for (const order of permutations(asks.map((_, index) => index))) {
      const whole = play(moment, { asks, order, lost: NOTHING });
      yield whole;
      if (!moment.hasFailed) continue;
      for (let from = 0; from < whole.changes; from += 1) {
        for (let to = from + 1; to <= whole.changes; to += 1) {
          yield play(moment, { asks, order, lost: { from, to } });
        }
      }
    }
  }
}

const NOTHING = { from: 0, to: 0 };

/** Plays requests in an order, without the changes from one number up to another. */
function play(
  { state: before, settings }: Moment,
  { asks, order, lost }: { asks: readonly Ask[]; order: readonly number[]; lost: typeof NOTHING },
): Candidate & { changes: number } {
  const state = { ...copyState(before), events: [] };
  const answers: Answer[] = [];
  const nextTokens = new Map(asks.map((ask) => [givenTo(before, ask), ask.given.token]));
  let changes = 0;
  const change = (act: () => void) => {
    if (changes < lost.from || changes >= lost.to) act();
    changes += 1;
  };
  for (const index of order) {
    const ask = asks[index] as Ask;
    answers[index] = answerOf({ state, settings, ask, nextTokens, change });
  }
  return { state, answers, changes };
}

/** The session that an answer's cookie is of, also if it ended at the same moment. */
function givenTo({ sessions }: State, { token, given }: Ask): string | null {
  if (given.sessionId !== null || given.token === null || token === null) return given.sessionId;
  return sessions.values().find(({ tokens }) => tokens.has(token))?.id ?? null;
}

/**
 * Both cases for each request of which something is open: whether its process knew the key, whether it came late, whether
 * it looks into the log.
 */
function* casesOf(asks: readonly Ask[]): Generator<readonly Ask[]> {
  const nameOf = (ask: Ask) => OPEN.find((name) => ask[name] === null);
  const open = asks.findIndex((ask) => nameOf(ask) !== undefined);
  const ask = asks[open];
  const name = ask && nameOf(ask);
  if (!ask || !name) return yield asks;
  for (const value of [true, false]) yield* casesOf(asks.with(open, { ...ask, [name]: value }));
}

const OPEN = ["isKeyKnown", "isLate", "isNoted"] as const;

function* permutations(items: readonly number[]): Generator<number[]> {
  if (items.length === 0) yield [];
  for (const first of items) {
    const others = items.filter((item) => item !== first);
    for (const rest of permutations(others)) yield [first, ...rest];
  }
}
