import type { AuditContext } from "../../db/contract/audit.ts";
import { peoplePolicy } from "../../src/auth/admission.ts";
import { hashToken } from "../../src/auth/token.ts";
import { hostileText } from "./hostile_text.ts";
import type { Scene } from "./scene.ts";

/** What comes with a person from outside. */
export interface PersonData {
  name: string;
  email: string;
  picture: string | null;
  userAgent: string;
  network: string;
  method: string;
}

/** Addresses of every kind that Google could send. */
export const hostileEmail = hostileText.map((local) => `${local}@gmail.com`);

/** A person who is signed in. */
export interface SignedPerson {
  id: string;
  sub: string;
  token: string;
  sessionId: string;
  disable(): Promise<unknown>;
  /** Deletes the account, so that the next person finds an empty house. */
  leave(): Promise<void>;
}

/** Has a person sign in at the store itself: no rule of tokens stands between the data and the views. */
export async function beginPerson(
  { foyer, takeLog }: Scene,
  { name, email, picture, userAgent, network, method }: PersonData,
): Promise<SignedPerson> {
  const { store, clock, deps } = foyer;
  const token = foyer.deps.random.bytes(32).toBase64({ alphabet: "base64url", omitPadding: true });
  const sub = `fuzz-${token}`;
  const end = clock.now + 600_000;
  const outcome = await store.signIn(
    {
      identity: { sub, name, email, picture, hostedDomain: null },
      method,
      tokenHash: hashToken(token),
      accessHash: null,
      bindingSecret: null,
      authenticatedAt: null,
      amr: null,
      previousTokenHash: null,
      tokenIssuedAt: clock.now,
      nonceHash: token,
      nonceKeptUntil: clock.now,
      expiresAt: end,
      idleEndsAt: end,
      invitation: "not_needed",
    },
    { now: clock.now, actorId: null, network, userAgent },
  );
  if (!outcome.signedIn) throw new Error(outcome.code);
  const act = { userId: outcome.user.id, policy: peoplePolicy(deps.config) };
  return {
    id: outcome.user.id,
    sub,
    token,
    sessionId: outcome.sessionId,
    disable: () => store.disable(act, nobodyAt(clock.now)),
    async leave() {
      await store.deletePerson(act, nobodyAt(clock.now));
      takeLog();
    },
  };
}

/** An act of nobody in particular. */
export function nobodyAt(now: number): AuditContext {
  return { now, actorId: null, network: "", userAgent: "" };
}
