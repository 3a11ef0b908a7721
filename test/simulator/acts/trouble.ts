import type { Chance } from "../../chance.ts";
import { expectAsForetold } from "../expectation.ts";
import { FAULTS, type Faults } from "../store_faults.ts";
import type { World } from "../world.ts";

const MOST_STATEMENTS = 24;
const SWEEP_EVERY_MS = 60_000;

/** One of the next statements of a process fails, or all from there on. */
export function plantFault(faults: Faults, chance: Chance): void {
  const how = { code: chance.pick(FAULTS), lasts: chance.percent(50) };
  faults.arm(chance.below(MOST_STATEMENTS), how);
}

/** Time passes, and the servers clean up when a minute is over: sometimes in trouble. */
export async function passTime(
  world: World,
  { ms, chance }: { ms: number; chance: Chance },
): Promise<void> {
  const { faults } = chance.pick(world.processes);
  // Alone, it is also what observes.
  const isInTrouble = chance.percent(5) && !world.isAlone;
  if (isInTrouble) plantFault(faults, chance);
  await world.around.pass(ms, async (timerMs) => {
    if (timerMs !== SWEEP_EVERY_MS) return;
    const ask = {
      ...{
        wish: { kind: "sweep" } as const,
        now: world.around.now,
        token: null,
        access: null,
        bound: null,
        challenge: null,
        isNoted: true,
        signInToken: null,
      },
      ...{
        namedSession: null,
        isBackground: true,
        isCrossSite: false,
        nonce: null,
        isOwnState: false,
      },
      ...{
        isKeyKnown: true,
        isLate: false,
        given: { token: null, sessionId: null, personId: null, access: null, bound: null },
      },
    };
    await expectAsForetold(world, { asks: [ask], received: [], hasFailed: isInTrouble });
  });
  faults.disarm();
}
