import { EVENT_URIS, type EventName } from "../../../src/google_stand_in/security_event_tokens.ts";
import { Chance } from "../../chance.ts";
import { type Browser, steal } from "../browser.ts";
import { exchange } from "../exchange.ts";
import { readSettings } from "../foyer_process.ts";
import { FLAWS, MOODS } from "../google.ts";
import { ACCESS, type Sending } from "../sending.ts";
import type { World } from "../world.ts";
import { attendDevice } from "./devices.ts";
import { nextMemberSending, nextSending, nextVisit, rivalOf } from "./sendings.ts";
import { passTime, plantFault } from "./trouble.ts";

/** One step of a run. Its own seed decides all of it, so that steps can be left out. */
export interface Step {
  act: keyof typeof ACTS;
  seed: number;
}

/** How often each act is chosen, in ten thousand. */
const WEIGHTS: Record<keyof typeof ACTS, number> = {
  request: 5200,
  visit: 400,
  requestTwice: 250,
  requestsTogether: 900,
  requestInTrouble: 700,
  pass: 1700,
  setClock: 40,
  theft: 250,
  googleActs: 400,
  restart: 10,
  newSettings: 5,
};

const SECOND_MS = 1000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const MOST_THIEVES = 2;
/** Mostly, what Google disables it enables again. */
const STATUS_KINDS = ["account-disabled", "account-enabled", "account-enabled"] as const;
const EVENT_KINDS = [...(Object.keys(EVENT_URIS) as EventName[]), ...STATUS_KINDS];

/** Chooses the next step. */
export function nextStep(chance: Chance): Step {
  return { act: chance.weighted(WEIGHTS), seed: chance.next() };
}

/** Performs a step. Throws {@linkcode Mismatch} if the application does what the model does not foretell. */
export async function perform(world: World, { act, seed }: Step): Promise<void> {
  await ACTS[act](world, new Chance(seed));
}

/** An application sets the cookie that opens applications for one of its visitors: to the value of another. */
function tossCookie({ browsers, around: { now } }: World, chance: Chance): void {
  const value = chance.pick(browsers).jar.value(ACCESS, now);
  if (value) chance.pick(browsers).jar.keep([`${ACCESS}=${value}; SameSite=Lax`], now);
}

const ACTS = {
  async request(world: World, chance: Chance) {
    const sending = nextSending(world, chance);
    await attendDevice(world, sending, chance);
    const [received] = await exchange(world, [sending], { chance });
    const isBegun = sending.wish.kind === "sign_in" && (received?.status ?? 400) < 400;
    if (!isBegun || sending.isLost) return;
    // The page that signs in asks for its navigation bar at once.
    const next: Sending = { ...sending, wish: { kind: "navbar" } };
    await attendDevice(world, next, chance);
    await exchange(world, [next], { chance });
  },

  /** Somebody opens a protected application, sometimes while something else happens to them, or the store fails. */
  async visit(world: World, chance: Chance) {
    if (chance.percent(20)) tossCookie(world, chance);
    const sending = nextVisit(world, chance);
    await attendDevice(world, sending, chance);
    if (chance.percent(60)) return void (await exchange(world, [sending], { chance }));
    if (chance.percent(70)) {
      return void (await exchange(world, [sending, rivalOf(world, sending, chance)], { chance }));
    }
    const { faults } = sending.process;
    plantFault(faults, chance);
    await exchange(world, [sending], { chance, hasFailed: () => faults.disarm() });
  },

  /** The browser, or somebody between, sends the same again: at once, or behind it. */
  async requestTwice(world: World, chance: Chance) {
    const sending = nextSending(world, chance);
    const again: Sending = { ...sending, process: chance.pick(world.processes) };
    await attendDevice(world, sending, chance);
    const isAtOnce = chance.percent(50);
    await exchange(world, isAtOnce ? [sending, again] : [{ ...sending, isLost: true }], { chance });
    if (!isAtOnce) await exchange(world, [again], { chance });
  },

  async requestsTogether(world: World, chance: Chance) {
    const first = chance.percent(60)
      ? nextMemberSending(world, chance)
      : nextSending(world, chance);
    const sendings = [first, rivalOf(world, first, chance)];
    if (chance.percent(30)) sendings.push(rivalOf(world, first, chance));
    for (const sending of sendings) await attendDevice(world, sending, chance);
    await exchange(world, sendings, { chance });
  },

  /** The store fails from some statement on. */
  async requestInTrouble(world: World, chance: Chance) {
    const sending = nextSending(world, chance);
    const { faults } = sending.process;
    await attendDevice(world, sending, chance);
    plantFault(faults, chance);
    await exchange(world, [sending], { chance, hasFailed: () => faults.disarm() });
  },

  /** Time passes: the servers clean up when a minute is over, sometimes in trouble. */
  async pass(world: World, chance: Chance) {
    const limit = chance.pick([
      SECOND_MS,
      10 * SECOND_MS,
      40 * SECOND_MS,
      40 * SECOND_MS,
      2 * MINUTE_MS,
    ]);
    if (chance.percent(50)) world.around.google.mood = "well";
    const ms = chance.percent(1) ? chance.below(5 * HOUR_MS) : chance.below(limit);
    await passTime(world, { ms, chance });
  },

  /** Somebody sets the clock, forward or back. */
  async setClock(world: World, chance: Chance) {
    const limit = chance.pick([5 * SECOND_MS, MINUTE_MS, HOUR_MS, 3 * DAY_MS]);
    world.around.setClock((chance.percent(50) ? 1 : -1) * chance.below(limit));
  },

  async theft(world: World, chance: Chance) {
    const isSignedIn = ({ tabs }: Browser) => tabs.some(({ session }) => session !== null);
    const victim = chance.pick(world.browsers.filter(isSignedIn));
    if (victim) world.thieves.push(steal(victim));
    if (world.thieves.length > MOST_THIEVES) world.thieves.shift();
  },

  async googleActs(world: World, chance: Chance) {
    const { google, now } = world.around;
    if (chance.percent(25)) google.mood = chance.pick(MOODS);
    else if (chance.percent(25)) google.rotate();
    else {
      const { sub } = chance.pick(chance.pick(world.browsers).accounts);
      const flaw = chance.percent(10) ? chance.pick(FLAWS) : null;
      // Google takes its time: a later message may be about an earlier moment.
      const at = now - chance.below(MINUTE_MS);
      const what = { kind: chance.pick(EVENT_KINDS), jti: world.nextEventId(), now: at, flaw };
      world.outbox.push(google.issueEvent(sub, what));
    }
  },

  async restart(world: World, chance: Chance) {
    const how = { isPolite: chance.percent(50), config: world.config };
    await chance.pick(world.processes).restart(how);
  },

  /** The operator changes who may come in, and starts everything again. */
  async newSettings(world: World, chance: Chance) {
    world.config = readSettings(world.config.signUp, {
      isTight: world.config.allowedEmails === null,
      binds: world.config.offersBinding,
    });
    for (const process of world.processes) {
      await process.restart({ isPolite: chance.percent(80), config: world.config });
    }
  },
} as const;
