import type { Act } from "./act.ts";
import type { Statements } from "./statements/all.ts";

/** Writes the activity that waits. */
export type WriteActivity = () => Promise<void>;

/** Creates what writes all activity that waits, by one statement in the transaction of `write`. */
export function createActivityWriter(
  { activity, writeActivity }: Statements,
  write: (act: () => Act<void>) => Promise<void>,
): WriteActivity {
  let writing: Promise<void> | null = null;

  async function writeNow(): Promise<void> {
    let forget = () => {};
    await write(function* () {
      // When its turn has come. It may begin again.
      const taken = activity.take();
      forget = taken.forget;
      const ids = taken.activities.map(({ sessionId }) => sessionId);
      const [activities, listed] = [taken.activities, ids].map((list) => JSON.stringify(list));
      yield* writeActivity.run({ activities, ids: listed });
    });
    forget();
  }

  return async () => {
    if (activity.count === 0) return;
    writing ??= writeNow().finally(() => {
      writing = null;
    });
    await writing;
  };
}
