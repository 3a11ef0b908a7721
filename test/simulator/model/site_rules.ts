import type { RefusalCode } from "../../../src/errors.ts";
import { type Answer, type Context, refuse, type SiteName } from "./ask.ts";
import { answerFor, findPresent, type Present, refusePresent } from "./presence.ts";
import { record } from "./state.ts";

const HOUR_MS = 3_600_000;

interface Visited {
  site: SiteName;
}

/**
 * A protected application is open exactly while the session of the visitor's cookie lives and the rule lets the person
 * in. A visit is activity, and its answer sets no cookie.
 */
export function visit(context: Context, { site }: Visited): Answer {
  const present = findPresent(context);
  if (!present) return refuse(401, "not_signed_in");
  return refuseAt(context, { present, site }) ?? answerFor(present);
}

/** The way in: a session whose cookie for applications is missing gets another, which takes the place of the one before. */
export function enter(context: Context, { site }: Visited): Answer {
  const present = findPresent(context);
  if (!present) return { status: 303, cookie: "kept" };
  const refusal = refuseAt(context, { present, site });
  if (refusal) return refusal;
  const { ask, change } = context;
  const { session } = present;
  const isAccessGiven = ask.access === null || ask.access !== session.access;
  if (isAccessGiven) {
    change(() => {
      session.access = ask.given.access;
    });
  }
  return { ...answerFor(present), status: 303, isAccessGiven };
}

/** Who may not open it is told so, and that is recorded once for each person, application and hour. */
function refuseAt(
  { state, ask: { now }, change }: Context,
  { present, site }: Visited & { present: Present },
): Answer | null {
  const { person, isAdmin } = present;
  const code = ((): RefusalCode | null => {
    if (person.isDisabled) return "user_disabled";
    return site === "members" || isAdmin ? null : "site_not_allowed";
  })();
  if (code === null) return null;
  change(() => {
    const what = `${person.id} ${site} ${Math.floor(now / HOUR_MS)}`;
    if (state.recordedRefusals.has(what)) return;
    state.recordedRefusals.set(what, now + HOUR_MS);
    record(state, { kind: "site_refusal", actorId: null, subjectId: person.id, at: now });
  });
  return refusePresent(present, 403, code);
}
