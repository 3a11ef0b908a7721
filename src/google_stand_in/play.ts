import { IDP_ERRORS } from "./fedcm_request.ts";

/** All behaviours, by part of Google. The first of each part is the normal one. */
export const PLAYS = {
  /** `/gsi/client`: `blocked` answers 503, `held` waits until another behaviour is set. */
  script: ["served", "blocked", "held"],
  /** The popup of the account chooser. `blocked` takes effect when the script loads. */
  popup: ["opens", "blocked", "closes"],
  /** The result of choosing an account: a token or an error. */
  answer: ["token", ...IDP_ERRORS],
  /** The shape of FedCM's token. */
  fedcm_token: ["jwt", "id_token_text", "token_text", "id_token_object", "token_object"],
  /** `/oauth2/v3/certs`: `failing` answers 500. */
  key_set: ["served", "failing"],
  /** `auth_time`, if the client asks for it: when this browser signed in (`session`), or how long ago. */
  auth_time: ["session", "now", "5 minutes ago", "1 hour ago", "30 days ago", "none"],
  /** `amr`, if the client asks for it. */
  amr: ["none", "pwd", "mfa", "hwk", "pwd mfa", "hwk mfa"],
} as const;

/** One behaviour for each part. */
export type Play = { [Part in keyof typeof PLAYS]: (typeof PLAYS)[Part][number] };

const NORMAL = Object.fromEntries(
  Object.entries(PLAYS).map(([part, [first]]) => [part, first]),
) as Play;

/** Holds how the stand-in behaves now. */
export interface Behaviour {
  current(): Play;
  /** Sets the behaviour of `parts`. All other parts become normal. */
  play(parts: Partial<Play>): void;
  /** Resolves when the script is not `held`. */
  waitForScript(): Promise<void>;
}

/** Creates the normal behaviour. */
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

/** Reads a JSON value or form as a part of {@linkcode Play}, or returns `null` if it is invalid. */
export function readPlay(value: unknown): Partial<Play> | null {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return null;
  const isPossible = ([part, choice]: [string, unknown]) =>
    Object.hasOwn(PLAYS, part) &&
    (PLAYS[part as keyof Play] as readonly unknown[]).includes(choice);
  return Object.entries(value).every(isPossible) ? value : null;
}
