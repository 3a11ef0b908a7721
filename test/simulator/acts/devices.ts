import type { Chance } from "../../chance.ts";
import type { Browser } from "../browser.ts";
import { type Device, prove } from "../device.ts";
import { exchange } from "../exchange.ts";
import type { RequestWish } from "../model/ask.ts";
import { BOUND, type Sending } from "../sending.ts";
import type { World } from "../world.ts";
import { plantFault } from "./trouble.ts";

/** A browser renews its bound cookie when it ends so soon. */
const NEAR_END_MS = 24_000;
/** The session does not cover these. */
const NOT_COVERED: readonly RequestWish["kind"][] = ["sign_in", "go", "visit", "event"];

/** What a browser does by itself before a request: it binds a session that has begun, and renews its bound cookie. */
export async function attendDevice(
  world: World,
  { browser, wish, isCrossSite }: Sending,
  chance: Chance,
): Promise<void> {
  const device = browser?.device;
  if (!browser || !device || !world.settings.binds || isCrossSite) return;
  if (device.offer !== null) await bind(world, { browser, device, chance });
  if (NOT_COVERED.includes(wish.kind)) return;
  for (let tries = 0; tries < 2 && needsRefresh(world, browser); tries += 1) {
    if ((await refresh(world, { browser, device, chance })) !== 403) return;
  }
}

function needsRefresh({ around }: World, { jar, device }: Browser): boolean {
  return device?.sessionId != null && jar.value(BOUND, around.now + NEAR_END_MS) === null;
}

interface Attempt {
  browser: Browser;
  device: Device;
  chance: Chance;
}

/** After a lost answer, the browser may try again. */
async function bind(world: World, { browser, device, chance }: Attempt): Promise<void> {
  const { key, offer: challenge } = device;
  device.offer = null;
  const wish = {
    ...({ kind: "bind", key: key.name, challenge } as const),
    token: prove(key, { challenge, bringsKey: true }),
  };
  await send(world, { browser, wish, chance });
  if (device.sessionId === null && chance.percent(50)) device.offer = challenge;
}

async function refresh(world: World, { browser, device, chance }: Attempt): Promise<number> {
  const { key, sessionId } = device;
  const isRestarted = chance.percent(15) && device.earlier.length > 0;
  const challenge = isRestarted ? chance.pick(device.earlier) : device.challenge;
  const isSigned = challenge !== null && !chance.percent(5);
  const wish = {
    ...({ kind: "refresh", sessionId: sessionId ?? "", key: key.name, challenge } as const),
    token: isSigned ? prove(key, { challenge, bringsKey: false }) : null,
  };
  return send(world, { browser, wish, chance });
}

/** Sends it: sometimes twice at the same moment, in trouble, or so that the answer gets lost. */
async function send(
  world: World,
  { browser, wish, chance }: { browser: Browser; wish: RequestWish; chance: Chance },
): Promise<number> {
  const process = chance.pick(world.processes);
  const isLost = chance.percent(8);
  const how = { tab: null, isBackground: false, isCrossSite: false, isLost };
  const sending: Sending = { wish, browser, process, ...how };
  if (chance.percent(10)) {
    const again = { ...sending, process: chance.pick(world.processes) };
    const [first] = await exchange(world, [sending, again], { chance });
    return first?.status ?? 0;
  }
  const isInTrouble = chance.percent(8);
  if (isInTrouble) plantFault(process.faults, chance);
  const hasFailed = () => isInTrouble && process.faults.disarm();
  const [received] = await exchange(world, [sending], { chance, hasFailed });
  return received?.status ?? 0;
}
