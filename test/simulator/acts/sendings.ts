import type { Chance } from "../../chance.ts";
import type { Browser, Tab } from "../browser.ts";
import type { PersonActName, RequestWish, SiteName } from "../model/ask.ts";
import { ACCESS, type Sending } from "../sending.ts";
import type { World } from "../world.ts";
import { nextWish } from "./wishes.ts";

/** Acts that meet somebody who does something at the same moment. */
const RIVAL_ACTS: readonly PersonActName[] = ["disable", "remove_admin", "end_sessions", "delete"];

const SIGN_OUT = { kind: "sign_out" } as const;

/** Somebody's next request: a person's, a thief's, or Google's. */
export function nextSending(world: World, chance: Chance): Sending {
  const isThief = world.thieves.length > 0 && chance.percent(30);
  const browser = chance.pick(isThief ? world.thieves : world.browsers);
  const tab = chance.pick(browser.tabs);
  return sendingOf(world, {
    browser,
    tab,
    chance,
    wish: nextWish(world, { browser, tab, chance }),
  });
}

/** Somebody's request from a page that shows a session, if there is one: there is more to lose. */
export function nextMemberSending(world: World, chance: Chance): Sending {
  const pages = world.browsers.flatMap((browser) => browser.tabs.map((tab) => ({ browser, tab })));
  const { browser, tab } = chance.pick(pages.filter(({ tab }) => tab.session !== null)) ?? {};
  if (!browser || !tab) return nextSending(world, chance);
  return sendingOf(world, {
    browser,
    tab,
    chance,
    wish: nextWish(world, { browser, tab, chance }),
  });
}

/** A request that gets in the way of another: from the same browser, or against the same person. */
export function rivalOf(world: World, other: Sending, chance: Chance): Sending {
  const { browser, tab } = other;
  if (!browser || !tab || chance.percent(30)) return nextSending(world, chance);
  const session = world.state.sessions.get(tab.session ?? "");
  if (!session || chance.percent(50)) {
    const own = chance.pick(browser.tabs);
    const isLeaving = session !== undefined && chance.percent(50);
    const wish = isLeaving ? SIGN_OUT : nextWish(world, { browser, tab: own, chance });
    return sendingOf(world, { browser, tab: own, chance, wish });
  }
  const admin = chance.pick(world.browsers);
  const wish = {
    kind: "person_act",
    act: chance.pick(RIVAL_ACTS),
    personId: session.personId,
  } as const;
  return sendingOf(world, { browser: admin, tab: chance.pick(admin.tabs), chance, wish });
}

const SITE_NAMES: readonly SiteName[] = ["members", "members", "admins"];

/** A visit to a protected application, or the way in to it: by somebody, or by a thief. */
export function nextVisit(world: World, chance: Chance): Sending {
  const all = chance.percent(30) ? world.thieves : world.browsers;
  const open = all.filter(({ jar }) => jar.value(ACCESS, world.around.now) !== null);
  const browser = chance.pick(chance.percent(80) ? open : all) ?? chance.pick(world.browsers);
  const kind = chance.percent(70) ? "visit" : "enter";
  const wish = { kind, site: chance.pick(SITE_NAMES) } as const;
  return sendingOf(world, { browser, tab: chance.pick(browser.tabs), chance, wish });
}

interface Wisher {
  browser: Browser;
  tab: Tab;
  chance: Chance;
  wish: RequestWish;
}

function sendingOf(world: World, { browser, tab, chance, wish }: Wisher): Sending {
  const isEvent = wish.kind === "event";
  return {
    wish,
    process: chance.pick(world.processes),
    browser: isEvent ? null : browser,
    tab: isEvent ? null : tab,
    isBackground: chance.percent(15),
    isCrossSite: !isEvent && chance.percent(4),
    isLost: chance.percent(8),
  };
}
