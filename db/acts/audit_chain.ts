/** The part of an event that is chained. */
export interface ChainedEvent {
  seq: number;
  at: number;
  kind: string;
  actorId: string | null;
  subjectId: string | null;
  detailsHash: string;
}

/** An event without its place in the chain, and what can be erased of it. */
export interface UnchainedEvent extends Omit<ChainedEvent, "seq"> {
  salt: string;
  /** JSON. */
  details: string;
  /** The address in the details, or `null`. */
  email: string | null;
}

/** The position before the first event. */
export const START = { seq: 0, hash: "", chained: null };

/** The text whose hash chains an event to the one before it, whose hash is `before`. */
export function chainedText(before: string, event: ChainedEvent): string {
  const { seq, at, kind, actorId, subjectId, detailsHash } = event;
  return JSON.stringify([before, seq, at, kind, actorId, subjectId, detailsHash]);
}

/** The number and the time of the event in a {@linkcode chainedText}. Throws if it is none. */
export function readChainedText(text: string): { seq: number; at: number } {
  const [, seq, at] = JSON.parse(text);
  return { seq, at };
}

/** SHA-256 in base64url. */
export function hash(text: string): string {
  return Bun.SHA256.hash(text, "base64url");
}
