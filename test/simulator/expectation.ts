import { describeEvent, differences, Mismatch, type Seen } from "./mismatch.ts";
import type { Ask } from "./model/ask.ts";
import { candidatesOf } from "./model/candidates.ts";
import { withoutDoubles } from "./model/copies.ts";
import type { State } from "./model/state.ts";
import { describeStore, type Received } from "./observation.ts";
import type { World } from "./world.ts";

const MOST_EVENTS = 100;

/**
 * Compares what was seen with every way that the model knows. It goes on with all that fit: after a failure of the
 * store, only later answers may tell which changes were made.
 */
export async function expectAsForetold(
  world: World,
  happened: { asks: readonly Ask[]; received: readonly Received[]; hasFailed: boolean },
): Promise<void> {
  const { settings, observer } = world;
  const { now } = world.around;
  const { asks, hasFailed } = happened;
  const ids = [...world.state.people.keys(), ...asks.map(({ given }) => given.personId ?? "")];
  const newest = await observer.listEvents({ after: world.lastSeq, limit: MOST_EVENTS });
  const events = newest.toReversed();
  const lines = await describeStore(observer, { ids, now });
  const seen: Seen = {
    ...{ ...happened, lines, events: events.map(describeEvent), settings, now },
    overlaps: world.overlaps,
  };
  const fitting: State[] = [];
  let nearest: string[] | null = null;
  for (const state of world.states) {
    for (const candidate of candidatesOf({ state, settings, asks, hasFailed })) {
      const found = differences(candidate, seen);
      if (found.length === 0) fitting.push(candidate.state);
      if (nearest === null || found.length < nearest.length) nearest = found;
    }
  }
  if (fitting.length > 0) {
    world.states = withoutDoubles(fitting);
    for (const { kind } of events) world.count(`event ${kind}`);
    if (world.states.length > 1) world.count("several outcomes fit");
    world.lastSeq = events.at(-1)?.seq ?? world.lastSeq;
    return;
  }
  const wishes = asks.map((ask) => ask.wish.kind).join(" and ");
  throw new Mismatch(`${wishes}:\n${(nearest ?? []).map((line) => `  ${line}`).join("\n")}`);
}
