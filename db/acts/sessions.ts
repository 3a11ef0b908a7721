import type { Act } from "../act.ts";
import type { AuditContext, AuditKind, AuditStore } from "../contract/audit.ts";
import type { TokenOffer } from "../contract/session.ts";
import type { SessionEnd } from "../contract/session_end.ts";
import type { SignIn, SignInOutcome, SignInRefusal, Store } from "../contract/store.ts";
import type { Statements } from "../statements/all.ts";
import { isNew, recordEvent } from "./audit_log.ts";
import { googleRefusalOf } from "./google_account.ts";

const HOUR_MS = 3_600_000;

/**
 * How many next tokens are offered without one being presented. A thief who takes each one as soon as it is there, and
 * presents none, would keep the owner from getting any. A browser that loses so many answers in a row has no connection.
 */
const MAX_OFFERS = 8;

/** How the audit log calls the ends that Foyer decides. An expired session is no event. */
const KINDS: Partial<Record<SessionEnd, AuditKind>> = {
  suspicion: "session_ended_by_suspicion",
  policy: "session_ended_by_policy",
  google: "session_ended_by_policy",
};

/** Acts that begin, renew and end sessions. */
export function createSessionActs(run: Statements) {
  return {
    *signIn(signIn: SignIn, audit: AuditContext): Act<SignInOutcome> {
      const { identity, method, tokenIssuedAt, expiresAt, idleEndsAt } = signIn;
      const { accessHash, bindingSecret, authenticatedAt } = signIn;
      const { now, network, userAgent } = audit;
      const known = yield* run.findUser.get({ sub: identity.sub });
      const refusal =
        (yield* refusalOf(signIn, { known, now })) ??
        (yield* googleRefusalOf(run, signIn, { hasAccount: known !== null }));
      if (refusal) return { signedIn: false, ...refusal };
      const nonce = { hash: signIn.nonceHash, expiresAt: signIn.nonceKeptUntil };
      if (!(yield* run.useNonce.get(nonce))) return { signedIn: false, code: "nonce_reused" };
      const saved = yield* run.saveUser.get({ ...identity, id: run.random.id(), now });
      const user = saved as NonNullable<typeof saved>;
      if (!known) yield* run.deleteInvitation.get({ email: identity.email });
      const own = { ...audit, actorId: user.id };
      const endedUserId = yield* endPreviousSession(signIn.previousTokenHash, own);
      const sessionId = run.random.id();
      const session = { id: sessionId, userId: user.id, method, now, expiresAt, idleEndsAt };
      const proof = {
        tokenIssuedAt,
        authenticatedAt,
        amr: signIn.amr && JSON.stringify(signIn.amr),
      };
      const from = { network, userAgent };
      yield* run.saveSession.run({ ...session, ...proof, ...from, accessHash, bindingSecret });
      yield* run.saveToken.run({ hash: signIn.tokenHash, sessionId, generation: 0, now });
      const event = { kind: "signed_in", subjectId: user.id, person: user } as const;
      yield* recordEvent(run, { ...event, details: { method } }, own);
      return { signedIn: true, user, sessionId, endedUserId };
    },

    *signOut(hash: string, audit: AuditContext): Act<{ userId: string } | null> {
      const ended = yield* run.endSessionOfToken.get({ hash });
      if (!ended) return null;
      const { userId } = ended;
      const own = { ...audit, actorId: userId };
      yield* recordEvent(run, { kind: "signed_out", subjectId: userId }, own);
      return { userId };
    },

    *endSession(
      { sessionId, userId, why }: Parameters<Store["endSession"]>[0],
      audit: AuditContext,
    ): Act<void> {
      yield* run.keepTokensOfSession.run({ sessionId, userId, why, now: audit.now });
      if (!(yield* run.endSession.get({ sessionId }))) return;
      const kind = KINDS[why];
      if (kind) yield* recordEvent(run, { kind, subjectId: userId }, audit);
    },

    *acceptToken(token: Parameters<Store["acceptToken"]>[0]): Act<void> {
      if (yield* run.acceptGeneration.get(token)) yield* run.supersedeTokens.run(token);
    },

    *offerToken(offer: Parameters<Store["offerToken"]>[0]): Act<TokenOffer> {
      if (!(yield* run.claimOffer.get(offer))) return "not_needed";
      const next = { ...offer, generation: offer.generation + 1 };
      const offered = (yield* run.countOffers.get(next))?.count ?? 0;
      if (offered >= MAX_OFFERS) return "never_presented";
      yield* run.saveToken.run(next);
      return "offered";
    },

    *recordRefusal(
      { sub, email, name, code }: Parameters<AuditStore["recordRefusal"]>[0],
      audit: AuditContext,
    ): Act<void> {
      const hour = Math.floor(audit.now / HOUR_MS);
      const what = `refusal ${sub} ${code} ${hour}`;
      if (!(yield* isNew(run, { what, expiresAt: audit.now + HOUR_MS }))) return;
      const subjectId = (yield* run.findUser.get({ sub }))?.id ?? null;
      const details = { name, email, method: code };
      yield* recordEvent(run, { kind: "policy_refusal", subjectId, details }, audit);
    },

    *recordSiteRefusal(
      { userId, site }: Parameters<AuditStore["recordSiteRefusal"]>[0],
      audit: AuditContext,
    ): Act<void> {
      const what = `site refusal ${userId} ${site} ${Math.floor(audit.now / HOUR_MS)}`;
      if (!(yield* isNew(run, { what, expiresAt: audit.now + HOUR_MS }))) return;
      const event = { kind: "site_refusal", subjectId: userId, details: { site } } as const;
      yield* recordEvent(run, event, audit);
    },
  };

  /** Ends the session that this browser had, and returns its user. */
  function* endPreviousSession(hash: string | null, audit: AuditContext): Act<string | null> {
    const ended = hash === null ? null : yield* run.endSessionOfToken.get({ hash });
    if (!ended) return null;
    if (ended.userId !== audit.actorId) {
      yield* recordEvent(run, { kind: "session_ended", subjectId: ended.userId }, audit);
    }
    return ended.userId;
  }

  /** The reasons to refuse a sign-in that only the database knows. */
  function* refusalOf(
    { identity, invitation }: SignIn,
    {
      known,
      now,
    }: {
      known: { disabledAt: number | null; googleDisabledAt: number | null } | null;
      now: number;
    },
  ): Act<SignInRefusal | null> {
    if (known) {
      const { disabledAt, googleDisabledAt } = known;
      if (disabledAt !== null) return { code: "user_disabled", disabledAt };
      return googleDisabledAt === null ? null : { code: "user_disabled_by_google" };
    }
    if (invitation === "not_needed") return null;
    const { email } = identity;
    const isInvited = invitation === "needed" && (yield* run.findInvitation.get({ email, now }));
    return isInvited ? null : { code: "sign_up_closed" };
  }
}
