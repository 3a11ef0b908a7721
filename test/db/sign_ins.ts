import type { SignIn } from "../../db/contract/store.ts";

/** A sign-in of Ada's that succeeds at the time 1000, with other values where a test needs them. */
export function signInWith(values: Partial<SignIn> = {}): SignIn {
  return {
    identity: { sub: "1", email: "a@b.example", name: "A", picture: null, hostedDomain: null },
    method: "btn",
    tokenHash: "token",
    accessHash: null,
    bindingSecret: null,
    authenticatedAt: null,
    amr: null,
    previousTokenHash: null,
    nonceHash: "nonce",
    tokenIssuedAt: 1000,
    nonceKeptUntil: 5000,
    expiresAt: 9000,
    idleEndsAt: 4000,
    invitation: "not_needed",
    ...values,
  };
}

/** A sign-in of a person of their own, with nonce and token of their own. */
export function attemptOf(sub: string, values: Partial<SignIn> = {}): SignIn {
  const identity = { ...signInWith().identity, sub, name: sub, email: `${sub}@gmail.com` };
  return signInWith({
    identity,
    tokenHash: `token of ${sub}`,
    nonceHash: `nonce of ${sub}`,
    ...values,
  });
}
