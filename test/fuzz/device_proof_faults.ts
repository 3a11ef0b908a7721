import type { Fault } from "./fault.ts";

const PROOF = "src/auth/device_proof.ts";
const CHALLENGE = "src/auth/binding_challenge.ts";

/** Faults of what binds sessions to devices. */
export const DEVICE_PROOF_FAULTS: Fault[] = [
  {
    what: "a proof need not be signed",
    file: "src/auth/signed_token.ts",
    from: "return compactVerify(token, await importJWK(key as JWK, algorithms[0]), { algorithms });",
    to: "void [importJWK, key, algorithms];\n    return { payload: Buffer.from(token.split('.')[1] ?? '', 'base64url') };",
    target: "device_proof",
  },
  {
    what: "a refresh takes the key that its proof brings",
    file: PROOF,
    from: 'if (known && jwk !== undefined) return refuse("it brings a key");\n  const key = known ?? readDeviceKey(jwk, alg);',
    to: "const key = readDeviceKey(jwk, alg) ?? known;",
    target: "device_proof",
  },
  {
    what: "a critical header of a proof is ignored",
    file: PROOF,
    from: 'typ !== "dbsc+jwt" || crit !== undefined',
    to: 'typ !== "dbsc+jwt" || crit === 0',
    target: "device_proof",
  },
  {
    what: "any token is a proof",
    file: PROOF,
    from: 'typ !== "dbsc+jwt" || crit !== undefined',
    to: 'typ === "" || crit !== undefined',
    target: "device_proof",
  },
  {
    what: "a proof for another address counts",
    file: PROOF,
    from: "if (aud !== undefined && aud !== audience)",
    to: "if (aud !== undefined && audience === undefined)",
    target: "device_proof",
  },
  {
    what: "a key comes with its private part",
    file: "src/auth/device_key.ts",
    from: "if (SECRET_MEMBERS.some((name) => name in members)) return null;",
    to: "void SECRET_MEMBERS;",
    target: "device_proof",
  },
  {
    what: "a challenge of another session counts",
    file: CHALLENGE,
    from: "if (!isSameBytes(mac, signTime(time, of))) return null;",
    to: "void [isSameBytes, mac];",
    target: "device_proof",
  },
  {
    what: "the challenge of a registration counts at a refresh",
    file: CHALLENGE,
    from: "...new TextEncoder().encode(purpose), ...time",
    to: "...new TextEncoder().encode(purpose).subarray(9), ...time",
    target: "device_proof",
  },
  {
    what: "a challenge never gets too old",
    file: CHALLENGE,
    from: "return now - at < CHALLENGE_AGE_MS[of.purpose] ? at : null;",
    to: "return now > 0 ? at : null;",
    target: "device_proof",
  },
  {
    what: "a challenge from before the newest answer counts again",
    file: "db/statements/bindings.ts",
    from: 'lte(sessions.challengedAt, placeholder("challengedAt")),',
    to: "isNotNull(sessions.challengedAt),",
    target: "device_proof",
  },
  {
    what: "a browser may name any session",
    file: "src/binding/refresh.ts",
    from: "if (!found || id !== found.session.id || found.binding.key === null)",
    to: "if (!found || id === null || found.binding.key === null)",
    target: "device_proof",
  },
  {
    what: "a proof stands in the log",
    file: "src/binding/refresh.ts",
    from: "const [sessionId, userId, { why }] = [session.id, session.user.id, verdict];",
    to: "const [sessionId, userId, why] = [session.id, session.user.id, proof];",
    target: "device_proof",
  },
];
