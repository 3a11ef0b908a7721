import { expect, test } from "bun:test";

import { shorten } from "../src/log.ts";

const TOKEN = "Xk3_9v-Qm2".repeat(5);
const ID = "d3d27f19-7af6-49b2-8f30-c2456efd225f";

const ROWS: [what: string, text: string | undefined, logged: string | undefined][] = [
  ["nothing", undefined, undefined],
  ["an ordinary path", "/spa/content.list", "/spa/content.list"],
  ["an id", `/admin/people/${ID}/disable`, `/admin/people/${ID}/disable`],
  ["a session token in a path", `/spa/${TOKEN}`, "/spa/…"],
  ["a credential in a path", `/spa/${TOKEN}.${TOKEN}.${TOKEN}`, "/spa/….….…"],
  ["a token in a cause", `TypeError: "${TOKEN}" is not valid`, 'TypeError: "…" is not valid'],
  ["a path without end", "/a".repeat(8000), "/a".repeat(100)],
];

test.each(ROWS)("the log holds of %s what it may", (_, text, logged) => {
  expect(shorten(text)).toBe(logged);
});
