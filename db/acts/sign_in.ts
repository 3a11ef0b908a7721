import type { AuditContext, AuditStore } from "../contract/audit.ts";
import type { SignIn, SignInOutcome, Store } from "../contract/store.ts";
import type { Statements } from "../statements/all.ts";
import { dayOf, isNew, recordEvent } from "./audit_log.ts";

const HOUR_MS = 3_600_000;

/** Signing in and out, and the ends of sessions, each to be run in a transaction of its own. */
export function createSignInActions(run: Statements) {
  return {
    signIn(signIn: SignIn, audit: AuditContext): SignInOutcome {
      const { identity, selectBy, expiresAt, endsAt } = signIn;
      const { now, network, userAgent } = audit;
      const known = run.findUser.get({ sub: identity.sub });
      const code = refusalOf(signIn, known);
      if (code) return { signedIn: false, code };
      if (!run.useNonce.get({ hash: signIn.nonceHash, expiresAt: signIn.nonceKeptUntil })) {
        return { signedIn: false, code: "nonce_reused" };
      }
      const user = run.saveUser.get({ ...identity, id: crypto.randomUUID(), now });
      if (!known) run.deleteInvitation.get({ email: identity.email });
      const ended =
        signIn.previousTokenHash && run.endSessionOfToken.get({ hash: signIn.previousTokenHash });
      if (ended && ended.userId !== user.id) {
        const previous = { kind: "session_ended", subjectId: ended.userId } as const;
        recordEvent(run, previous, { ...audit, actorId: user.id });
      }
      const sessionId = crypto.randomUUID();
      const session = { id: sessionId, userId: user.id, selectBy, now, expiresAt, endsAt };
      run.saveSession.run({ ...session, network, userAgent });
      run.saveToken.run({ hash: signIn.tokenHash, sessionId, generation: 0, now });
      const details = { method: selectBy };
      recordEvent(
        run,
        { kind: "signed_in", subjectId: user.id, details },
        { ...audit, actorId: user.id },
      );
      run.count.run({ day: dayOf(now), code: "signed_in", count: 1 });
      return { signedIn: true, user, sessionId, endedUserId: ended ? ended.userId : null };
    },

    signOut(hash: string, audit: AuditContext): { userId: string } | null {
      const ended = run.endSessionOfToken.get({ hash });
      if (!ended) return null;
      const { userId } = ended;
      recordEvent(run, { kind: "signed_out", subjectId: userId }, { ...audit, actorId: userId });
      return { userId };
    },

    endSession(
      { sessionId, userId, why }: Parameters<Store["endSession"]>[0],
      audit: AuditContext,
    ): void {
      if (!run.endSession.get({ sessionId }) || why === "too_old") return;
      recordEvent(run, { kind: `session_ended_by_${why}`, subjectId: userId }, audit);
    },

    recordRefusal(
      { sub, email, name, code }: Parameters<AuditStore["recordRefusal"]>[0],
      audit: AuditContext,
    ): void {
      const hour = Math.floor(audit.now / HOUR_MS);
      const what = `refusal ${sub} ${code} ${hour}`;
      if (!isNew(run, { what, expiresAt: audit.now + HOUR_MS })) return;
      const subjectId = run.findUser.get({ sub })?.id ?? null;
      const details = { name, email, method: code };
      recordEvent(run, { kind: "policy_refusal", subjectId, details }, audit);
    },
  };

  /** Why somebody may not enter, as far as only the database knows. */
  function refusalOf(
    { identity, invitation }: SignIn,
    known: { disabledAt: number | null; googleDisabledAt: number | null } | undefined,
  ) {
    if (known) {
      if (known.disabledAt !== null) return "user_disabled";
      return known.googleDisabledAt === null ? null : "user_disabled_by_google";
    }
    if (invitation === "not_needed") return null;
    const { email } = identity;
    const isInvited = invitation === "needed" && run.findInvitation.get({ email });
    return isInvited ? null : "sign_up_closed";
  }
}
