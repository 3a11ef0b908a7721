import Bowser from "bowser";

import type { SessionSummary } from "../../db/contract/people.ts";

const LONGEST = 60;
const UNKNOWN = "An unknown browser";

/** Google's words for the ways in, in ours; the set is open. */
const METHODS: [pattern: RegExp, words: string][] = [
  [/^btn/, "by the Google button"],
  [/^fedcm_button/, "by the browser's Google button"],
  [/^(fedcm|user|auto|itp)/, "by Google's prompt"],
  [/^link$/, "on Google's page"],
];

/** A browser in plain words, from what it calls itself: "Firefox on Windows". */
export function describeBrowser(userAgent: string): string {
  if (userAgent === "") return UNKNOWN;
  const { browser, os } = Bowser.parse(userAgent);
  const name = browser.name?.slice(0, LONGEST) || UNKNOWN;
  const system = os.name?.slice(0, LONGEST);
  return system ? `${name} on ${system}` : name;
}

/** The method in that was taken, in plain words, or "". */
export function describeMethod(method: string): string {
  return METHODS.find(([pattern]) => pattern.test(method))?.[1] ?? "";
}

/** A session in words that people understand; `thisId` is the session of whoever looks. */
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
