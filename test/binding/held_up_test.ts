import { expect, test } from "bun:test";

import { PATHS } from "../../src/paths.ts";
import { BOUND } from "../dbsc_browser.ts";
import { ADA } from "../fixture.ts";
import { codeOf } from "../visitor.ts";
import { BOUND_AGE_MS, browserOf, createBindingFoyer } from "./scene.ts";

const BACKGROUND = { "x-background": "1" };

/** What a request says, its path, and the answer. */
const ROWS: [
  what: string,
  headers: Record<string, string>,
  path: string,
  answer: (string | number)[],
][] = [
  ["an open page", BACKGROUND, "/account/export", [503, "binding_unavailable"]],
  ["an open page", {}, PATHS.isAuthenticated, [503, "binding_unavailable"]],
  ["a person", {}, "/account/export", [401, "binding_missing"]],
];

for (const reason of ["server_error", "unreachable"]) {
  for (const [who, headers, path, answer] of ROWS) {
    test(`${who} whose browser was held up (${reason}) is answered ${answer.join(" ")}`, async () => {
      const { visitor } = await away();
      const skipped = { "secure-session-skipped": `${reason};session_identifier="x"` };
      const answered = await visitor.send(path, { headers: { ...skipped, ...headers } });
      expect([answered.status, await codeOf(answered)]).toEqual(answer);
    });
  }
}

test("other reasons, and none, are a thief’s as well", async () => {
  const { visitor } = await away();
  for (const reason of ["quota_exceeded;session_identifier=x", "server_errors", ""]) {
    const headers = { "secure-session-skipped": reason, ...BACKGROUND };
    const answered = await visitor.send(PATHS.isAuthenticated, { headers });
    expect([answered.status, await codeOf(answered)]).toEqual([401, "binding_missing"]);
  }
});

/** A browser with a bound session, whose proof has ended. */
async function away() {
  const foyer = await createBindingFoyer();
  const browser = await browserOf(foyer);
  await browser.signInBound(ADA);
  foyer.clock.pass(BOUND_AGE_MS);
  browser.visitor.cookies.delete(BOUND);
  return browser;
}
