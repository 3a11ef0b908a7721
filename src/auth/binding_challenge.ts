import { decodeToken, encodeToken, isSameBytes, signBytes } from "./token.ts";

/** What a challenge is for, and how long it is good, in milliseconds. A browser answers the first one at once. */
export const CHALLENGE_AGE_MS = { register: 120_000, refresh: 1_200_000 } as const;

export type ChallengePurpose = keyof typeof CHALLENGE_AGE_MS;

const TIME_BYTES = 8;

/** Which session a challenge is for, and what is signed with it. */
export interface ChallengeOf {
  /** The session's own secret. */
  secret: string;
  purpose: ChallengePurpose;
}

/**
 * Creates a challenge for a browser's key: `time.HMAC-SHA256(secret, purpose and time)`. `at` is in milliseconds since
 * 1970. Nothing is stored, so an answer that gets lost costs none.
 */
export function createChallenge(at: number, of: ChallengeOf): string {
  const time = new Uint8Array(TIME_BYTES);
  new DataView(time.buffer).setBigUint64(0, BigInt(at));
  return `${encodeToken(time)}.${encodeToken(signTime(time, of))}`;
}

/**
 * When `challenge` was made, in milliseconds since 1970; `null` if it is not for this session and purpose, or too old at
 * the time `now`. A clock that was set back makes none too old.
 */
export function readChallenge(
  challenge: unknown,
  { now, ...of }: ChallengeOf & { now: number },
): number | null {
  if (typeof challenge !== "string" || challenge.length > 128) return null;
  const [time, mac, ...more] = challenge.split(".").map(decodeToken);
  if (!time || !mac || more.length > 0 || time.length !== TIME_BYTES) return null;
  if (!isSameBytes(mac, signTime(time, of))) return null;
  const at = Number(new DataView(time.buffer, time.byteOffset, TIME_BYTES).getBigUint64(0));
  return now - at < CHALLENGE_AGE_MS[of.purpose] ? at : null;
}

function signTime(time: Uint8Array, { secret, purpose }: ChallengeOf): Uint8Array {
  return signBytes(Uint8Array.from([...new TextEncoder().encode(purpose), ...time]), secret);
}
