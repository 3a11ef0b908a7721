import type { SecurityEvent } from "../google.ts";
import { sessionsOf } from "./account_rules.ts";
import type { Answer, Context } from "./ask.ts";
import { keepReason } from "./reasons.ts";
import { type GoogleWord, type Person, record, type State } from "./state.ts";

const TOLERANCE_S = 60;
/** How long a word about sessions and about the account's status is kept. */
const TOKEN_MS = 3_660_000;
const LATE_MS = 30 * 86_400_000;

/** Google says what happened to an account. Each event counts once, whenever it comes. */
export function hearEvent(context: Context, { event }: { event: SecurityEvent }): Answer {
  const { state, ask, change } = context;
  const { flaw, iat, jti } = event;
  const isGood = flaw === null || flaw === "old" || flaw === "early";
  if (ask.isKeyKnown === false) return { status: 400, cookie: "kept", mayBeUnavailable: true };
  if (!isGood || iat > ask.now / 1000 + TOLERANCE_S) return { status: 400, cookie: "kept" };
  change(() => {
    if (state.heardEvents.has(jti)) return;
    state.heardEvents.add(jti);
    apply(context, event);
  });
  return { status: 202, cookie: "kept" };
}

function apply({ state, ask: { now } }: Context, { kind, sub, iat }: SecurityEvent): void {
  const saidAt = iat * 1000;
  const isAboutAccount = kind !== "verification" && kind !== "token-revoked";
  const person = isAboutAccount
    ? state.people.values().find(({ account }) => account.sub === sub)
    : undefined;
  const endsSessions = ["sessions-revoked", "tokens-revoked", "account-disabled"].includes(kind);
  const isStatus = kind === "account-disabled" || kind === "account-enabled";
  const isDisabled = kind === "account-disabled";
  if (isAboutAccount) {
    keepWord(state, sub, {
      revokedAt: endsSessions ? saidAt : 0,
      statusAt: isStatus ? saidAt : 0,
      isDisabled,
      keptUntil: saidAt + (isStatus ? LATE_MS : TOKEN_MS),
    });
  }
  if (person && endsSessions) {
    // Google's times are whole seconds: a session that began in the same one counts as earlier.
    const before = saidAt + 1000;
    for (const session of sessionsOf(state, person.id)) {
      if (session.createdAt >= before && session.tokenIssuedAt >= before) continue;
      keepReason(state, session, { why: "google", from: now });
      state.sessions.delete(session.id);
    }
  }
  const isNewest = isStatus && state.google.get(sub)?.statusAt === saidAt;
  if (person && isNewest && saidAt >= (person.googleSaidAt ?? 0)) {
    person.isDisabledByGoogle = isDisabled;
    person.googleSaidAt = saidAt;
  }
  record(state, { kind: "security_event", actorId: null, subjectId: person?.id ?? null, at: now });
}

/** Keeps what Google says about an account: the newest of each kind counts, in whatever order it comes. */
function keepWord({ google }: State, sub: string, word: GoogleWord): void {
  const old = google.get(sub) ?? { revokedAt: 0, statusAt: 0, isDisabled: false, keptUntil: 0 };
  google.set(sub, {
    revokedAt: Math.max(old.revokedAt, word.revokedAt),
    statusAt: Math.max(old.statusAt, word.statusAt),
    isDisabled: word.statusAt >= old.statusAt ? word.isDisabled : old.isDisabled,
    keptUntil: Math.max(old.keptUntil, word.keptUntil),
  });
}

/** What Google said about the account of a person outlives their account here. */
export function keepStatus(
  state: State,
  { account, googleSaidAt, isDisabledByGoogle }: Person,
): void {
  if (googleSaidAt === null) return;
  keepWord(state, account.sub, {
    revokedAt: 0,
    statusAt: googleSaidAt,
    isDisabled: isDisabledByGoogle,
    keptUntil: googleSaidAt + LATE_MS,
  });
}
