import Bowser from "bowser";

import type { SessionSummary } from "../../db/contract/people.ts";

const MAX_LENGTH = 60;
const UNKNOWN = "An unknown browser";

/** Our words for Google's sign-in methods. Google may add methods. */
const METHODS: [pattern: RegExp, words: string][] = [
  [/^btn/, "by the Google button"],
  [/^fedcm_button/, "by the browser's Google button"],
  [/^(fedcm|user|auto|itp)/, "by Google's prompt"],
  [/^link$/, "on Google's page"],
];

/** Describes a browser by its `User-Agent`: "Firefox on Windows". */
export function describeBrowser(userAgent: string): string {
  if (userAgent === "") return UNKNOWN;
  const { browser, os } = Bowser.parse(userAgent);
  const name = browser.name?.slice(0, MAX_LENGTH) || UNKNOWN;
  const system = os.name?.slice(0, MAX_LENGTH);
  return system ? `${name} on ${system}` : name;
}

/** Describes a sign-in method, or returns "" for an unknown one. */
export function describeMethod(method: string): string {
  return METHODS.find(([pattern]) => pattern.test(method))?.[1] ?? "";
}

/** Describes a session in plain words. `thisId` is the session of the person who looks at it. */
export function describeSession(
  { userAgent, method, ...session }: SessionSummary,
  thisId: string | null,
) {
  return {
    ...session,
    browser: describeBrowser(userAgent),
    method: describeMethod(method),
    isThisOne: session.id === thisId,
  };
}
