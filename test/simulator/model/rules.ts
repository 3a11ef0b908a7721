import { deleteAccount, endOwnSession, endOwnSessions } from "./account_rules.ts";
import { actOnPerson, invite, revokeInvitation } from "./admin_rules.ts";
import { type Answer, type Context, refuse } from "./ask.ts";
import { bind, BINDING_MISSING, isUnprovedAsk, refresh } from "./binding_rules.ts";
import { hearEvent } from "./event_rules.ts";
import { answerFor, findPresent, type Present, refusePresent } from "./presence.ts";
import { refuseStranger } from "./reasons.ts";
import { signIn, signOut } from "./sign_in_rules.ts";
import { enter, visit } from "./site_rules.ts";
import { sweep } from "./sweep_rules.ts";

/** What a request answers, and what it changes: the specification of who is signed in where, and who may what. */
export function answerOf(context: Context): Answer {
  const { wish, isCrossSite } = context.ask;
  const isReading = ["look", "status", "navbar", "go", "visit", "enter"].includes(wish.kind);
  const isForOthers = wish.kind === "event" || wish.kind === "sweep";
  // The first post of Google's form: it is posted again from our own page, and only then judged.
  const isForm = wish.kind === "sign_in" && wish.way !== "post";
  if (isCrossSite && isForm) return { status: 200, cookie: "kept" };
  if (isCrossSite && !isReading && !isForOthers) return refuse(403, "cross_origin");
  switch (wish.kind) {
    case "look":
      return asMember(context, answerFor);
    case "status":
      return asMember(context, answerFor, { isPageNamed: true });
    case "navbar":
      return drawNavbar(context);
    case "visit":
      return visit(context, wish);
    case "enter":
      return enter(context, wish);
    case "go":
      return { status: 303, cookie: "kept" };
    case "sign_in":
      return signIn(context, wish);
    case "sign_out":
      return signOut(context);
    case "end_session":
      return actAsMember(context, (present) => endOwnSession(context, { present, ...wish }));
    case "end_sessions":
      return actAsMember(context, (present) => endOwnSessions(context, { present, ...wish }));
    case "delete_account":
      return actAsMember(context, (present) => deleteAccount(context, present));
    case "person_act":
      return actAsAdmin(context, (present) => actOnPerson(context, { present, ...wish }));
    case "invite":
      return actAsAdmin(context, (present) => invite(context, { present, ...wish }));
    case "revoke_invitation":
      return actAsAdmin(context, (present) => revokeInvitation(context, { present, ...wish }));
    case "event":
      return hearEvent(context, wish);
    case "bind":
      return bind(context, wish);
    case "refresh":
      return refresh(context, wish);
    case "sweep":
      return sweep(context);
  }
}

type Go = (present: Present) => Answer;

/** For members: whoever is not signed in, or disabled, is told so. */
function asMember(context: Context, go: Go, { isPageNamed = false } = {}): Answer {
  const present = findPresent(context);
  if (present && isPageNamed && isOfAnother(context, present)) {
    return refusePresent(present, 409, "signed_in_as_another");
  }
  if (!present) return isUnprovedAsk(context) ? BINDING_MISSING : refuseStranger(context);
  return present.person.isDisabled ? refusePresent(present, 403, "user_disabled") : go(present);
}

/** A change by a member must name the session of its page: a page of one person never acts for another. */
function actAsMember(context: Context, go: Go): Answer {
  return asMember(context, (present) => actAsNamed(context, { present, go }));
}

function actAsAdmin(context: Context, go: Go): Answer {
  return asMember(context, (present) =>
    present.isAdmin
      ? actAsNamed(context, { present, go })
      : refusePresent(present, 403, "not_administrator"),
  );
}

function actAsNamed(context: Context, { present, go }: { present: Present; go: Go }): Answer {
  const isNamed = context.ask.namedSession === present.session.id;
  return isNamed ? go(present) : refusePresent(present, 409, "signed_in_as_another");
}

function isOfAnother({ ask: { namedSession } }: Context, { session }: Present): boolean {
  return namedSession !== null && namedSession !== session.id;
}

/** The navigation bar: everybody gets one. */
function drawNavbar(context: Context): Answer {
  const present = findPresent(context);
  return present ? answerFor(present) : { status: 200, cookie: "kept" };
}
