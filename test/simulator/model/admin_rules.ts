import { deletePerson, endSessions, isRecent, sessionsOf } from "./account_rules.ts";
import type { Answer, Context, PersonActName } from "./ask.ts";
import { answerFor, type Present, refusePresent } from "./presence.ts";
import { keepReason } from "./reasons.ts";
import { isConfigured, isLastAdmin, mayEnter } from "./rights.ts";
import { type Person, record } from "./state.ts";

const INVITATION_MS = 30 * 86_400_000;

/** Acts that could leave nobody as administrator. */
const TAKES_RIGHTS: readonly PersonActName[] = ["disable", "remove_admin", "delete"];

/**
 * An administrator's act on a person. It needs a recent sign-in, unless it only ends sessions. What is so already stays
 * so, and is not recorded.
 */
export function actOnPerson(
  context: Context,
  { present, act, personId }: { present: Present; act: PersonActName; personId: string },
): Answer {
  const { state, settings, ask, change } = context;
  if (act !== "end_sessions" && !isRecent(present.session, ask.now)) {
    return refusePresent(present, 403, "recent_sign_in_needed");
  }
  const person = state.people.get(personId);
  if (!person) return refusePresent(present, 404, "not_found");
  const isNamed = isConfigured(person, settings.adminEmail);
  if (act === "remove_admin" && isNamed && !person.hasRole) {
    return refusePresent(present, 409, "administrator_by_configuration");
  }
  const staysAdmin = act === "remove_admin" && isNamed;
  if (TAKES_RIGHTS.includes(act) && !staysAdmin && isLastAdmin(state, { person, settings })) {
    return refusePresent(present, 409, "last_administrator");
  }
  const actorId = present.person.id;
  if (act === "end_sessions") endSessions(context, { personId, present, exceptId: null });
  else if (act === "delete") change(() => deletePerson(context, { personId, actorId }));
  else change(() => changePerson(context, { person, act, actorId }));
  const isGone = act === "delete" && personId === actorId;
  return isGone ? { ...answerFor(present), cookie: "cleared" } : answerFor(present);
}

type Changing = "disable" | "enable" | "add_admin" | "remove_admin";

const KINDS = {
  disable: "disabled",
  enable: "enabled",
  add_admin: "administrator_made",
  remove_admin: "administrator_unmade",
} as const;

function changePerson(
  { state, ask }: Context,
  { person, act, actorId }: { person: Person; act: Changing; actorId: string },
): void {
  const flag = act === "disable" || act === "enable" ? "isDisabled" : "hasRole";
  const value = act === "disable" || act === "add_admin";
  if (person[flag] === value) return;
  person[flag] = value;
  if (act === "disable") {
    for (const session of sessionsOf(state, person.id)) {
      keepReason(state, session, { why: "admin", from: ask.now });
      session.isEndedByAdmin = true;
    }
  }
  record(state, { kind: KINDS[act], actorId, subjectId: person.id, at: ask.now });
}

/** Invites an address, unless it has an open invitation, or the settings would not let it in anyway. */
export function invite(
  { state, settings, ask: { now }, change }: Context,
  { present, email }: { present: Present; email: string },
): Answer {
  const hostedDomain = email.slice(email.indexOf("@") + 1);
  if (!mayEnter({ email, hostedDomain }, settings)) {
    return refusePresent(present, 400, "bad_parameter");
  }
  change(() => {
    if ((state.invitations.get(email) ?? 0) > now) return;
    state.invitations.set(email, now + INVITATION_MS);
    record(state, { kind: "invited", actorId: present.person.id, subjectId: null, at: now });
  });
  return answerFor(present);
}

/** Takes an open invitation back. */
export function revokeInvitation(
  { state, ask: { now }, change }: Context,
  { present, email }: { present: Present; email: string },
): Answer {
  const isOpen = (state.invitations.get(email) ?? 0) > now;
  change(() => {
    state.invitations.delete(email);
    const actorId = present.person.id;
    if (isOpen) record(state, { kind: "invitation_withdrawn", actorId, subjectId: null, at: now });
  });
  return isOpen ? answerFor(present) : refusePresent(present, 404, "not_found");
}
