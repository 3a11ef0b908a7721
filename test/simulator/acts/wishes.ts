import type { Chance } from "../../chance.ts";
import type { Browser, Tab } from "../browser.ts";
import { type Credential, type Flaw, FLAWS } from "../google.ts";
import type { PersonActName, RequestWish } from "../model/ask.ts";
import { mayAdminister } from "../model/rights.ts";
import type { World } from "../world.ts";

/** What somebody does with a page that shows a session, and with a page to sign in on. */
const SENSIBLE = {
  signedIn: { look: 60, status: 10, navbar: 10, own_session: 4, person_act: 12, invitation: 4 },
  admin: { look: 40, status: 5, navbar: 5, own_session: 5, person_act: 35, invitation: 10 },
  anonymous: { sign_in: 70, navbar: 20, look: 10, go: 8 },
} as const;

/** What somebody else does who knows nothing, or wants to know. */
const ANYTHING = {
  look: 20,
  status: 10,
  navbar: 10,
  go: 3,
  sign_in: 14,
  sign_out: 6,
  own_session: 8,
  person_act: 12,
  invitation: 4,
  event: 30,
} as const;

const PERSON_ACTS: readonly PersonActName[] = [
  "disable",
  "enable",
  "enable",
  "add_admin",
  "add_admin",
  "remove_admin",
  "end_sessions",
  "delete",
];
const INVITED = ["katherine@orbit.example", "grace.hopper@gmail.com", "edsger@elsewhere.example"];
/** How many of the last tokens and events may come again. */
const REMEMBERED = 12;

/** Who wants something, where. */
export interface Wisher {
  browser: Browser;
  tab: Tab;
  chance: Chance;
}

/** What somebody does next: mostly what the page suggests. In a calm world, few end anything. */
export function nextWish(world: World, wisher: Wisher): RequestWish {
  const { chance } = wisher;
  const isSensible = chance.percent(80);
  const wish = makeWish(world, {
    ...wisher,
    kind: isSensible ? sensibleKind(world, wisher) : chance.weighted(ANYTHING),
  });
  return world.isCalm && endsSomething(wish) && chance.percent(93) ? { kind: "look" } : wish;
}

function sensibleKind({ state, settings }: World, { tab, chance }: Wisher): keyof typeof ANYTHING {
  const session = state.sessions.get(tab.session ?? "");
  const person = state.people.get(session?.personId ?? "");
  if (person && mayAdminister(person, settings)) return chance.weighted(SENSIBLE.admin);
  if (tab.session !== null) return chance.weighted(SENSIBLE.signedIn);
  return tab.nonce === null ? "navbar" : chance.weighted(SENSIBLE.anonymous);
}

function endsSomething({ kind, ...wish }: RequestWish): boolean {
  if (kind === "person_act") return !("act" in wish) || !["enable", "add_admin"].includes(wish.act);
  return ["sign_out", "end_session", "end_sessions", "delete_account"].includes(kind);
}

function makeWish(
  world: World,
  { kind, ...wisher }: Wisher & { kind: keyof typeof ANYTHING },
): RequestWish {
  const { chance } = wisher;
  switch (kind) {
    case "sign_in": {
      const credential = nextCredential(world, wisher);
      const state = wisher.tab.state ?? "of nobody";
      const isFromLink = wisher.tab.state !== null || chance.percent(3);
      const way = isFromLink ? "link" : chance.percent(30) ? "form" : "post";
      return { kind, credential, way, state };
    }
    case "own_session":
      return nextOwnAct(world, chance);
    case "person_act": {
      const personId = chance.pick([...world.state.people.keys(), "of-nobody"]);
      return { kind, act: chance.pick(PERSON_ACTS), personId };
    }
    case "invitation": {
      const isNew = chance.percent(60);
      return { kind: isNew ? "invite" : "revoke_invitation", email: chance.pick(INVITED) };
    }
    case "event": {
      const event = chance.pick(world.outbox.slice(-REMEMBERED));
      return event ? { kind, event } : { kind: "look" };
    }
    default:
      return { kind };
  }
}

function nextOwnAct({ state }: World, chance: Chance): RequestWish {
  if (chance.percent(15)) return { kind: "delete_account" };
  if (chance.percent(50)) return { kind: "end_sessions", areOthersOnly: chance.percent(60) };
  return { kind: "end_session", sessionId: chance.pick([...state.sessions.keys(), "of-nobody"]) };
}

/** Mostly a new token for the page's own nonce; sometimes an old one again, or one that is wrong. */
function nextCredential(world: World, { browser, tab, chance }: Wisher): Credential {
  if (chance.percent(12) && world.credentials.length > 0) {
    return chance.pick(world.credentials.slice(-REMEMBERED));
  }
  const flaw: Flaw = chance.percent(8) ? chance.pick(FLAWS) : null;
  const anyNonce = chance.pick([...world.nonces.keys()].slice(-REMEMBERED)) ?? null;
  const credential = world.around.google.issueCredential(chance.pick(browser.accounts), {
    nonce: chance.percent(5) ? anyNonce : tab.nonce,
    now: world.around.now,
    flaw,
  });
  world.credentials.push(credential);
  return credential;
}
