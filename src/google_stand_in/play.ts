import { IDP_ERRORS } from "./fedcm_request.ts";

/** What the stand-in can play, part by part; the first of each is Google in good order. */
export const PLAYS = {
  /** `/gsi/client`: answered with 503, or held until something else is played. */
  script: ["served", "blocked", "held"],
  /** The window of the account chooser; `blocked` is read when the script loads. */
  popup: ["opens", "blocked", "closes"],
  /** What comes of choosing an account. */
  answer: ["token", ...IDP_ERRORS],
  /** How FedCM's token is wrapped: all of these have been seen from Google. */
  fedcm_token: ["jwt", "id_token_text", "token_text", "id_token_object", "token_object"],
  /** `/oauth2/v3/certs`: answered with 500. */
  key_set: ["served", "failing"],
} as const;

/** How the stand-in behaves. */
export type Play = { [Part in keyof typeof PLAYS]: (typeof PLAYS)[Part][number] };

/** Google in good order. */
const NORMAL = Object.fromEntries(
  Object.entries(PLAYS).map(([part, [first]]) => [part, first]),
) as Play;

/** Where the stand-in's behaviour is kept. */
export interface Behaviour {
  current(): Play;
  /** Plays `parts`, and all others in good order. */
  play(parts: Partial<Play>): void;
  /** Resolves as soon as the script is not held. */
  waitForScript(): Promise<void>;
}

/** A behaviour on which everything is in good order. */
export function createBehaviour(): Behaviour {
  let current = NORMAL;
  let waiting: (() => void)[] = [];
  return {
    current: () => current,
    play(parts) {
      current = { ...NORMAL, ...parts };
      if (current.script === "held") return;
      for (const release of waiting) release();
      waiting = [];
    },
    waitForScript: async () => {
      if (current.script !== "held") return;
      await new Promise<void>((resolve) => waiting.push(resolve));
    },
  };
}

/** Reads what somebody wants to be played, or answers `null` if it is not among {@linkcode PLAYS}. */
export function readPlay(value: unknown): Partial<Play> | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  const isPossible = ([part, choice]: [string, unknown]) =>
    Object.hasOwn(PLAYS, part) &&
    (PLAYS[part as keyof Play] as readonly unknown[]).includes(choice);
  return Object.entries(value).every(isPossible) ? value : null;
}
