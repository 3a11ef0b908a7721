import { expect, test } from "bun:test";

import { shorten } from "../src/log.ts";

const TOKEN = "Xk3_9v-Qm2".repeat(5);
const KID = "cb52f1752fd4c4054d66d216bcae2ea69e1c7503";
const ID = "d3d27f19-7af6-49b2-8f30-c2456efd225f";

const ROWS: [what: string, text: string | undefined, logged: string | undefined][] = [
  ["nothing", undefined, undefined],
  ["an ordinary path", "/spa/content.list", "/spa/content.list"],
  ["an id", `/admin/people/${ID}/disable`, `/admin/people/${ID}/disable`],
  ["a session token in a path", `/spa/${TOKEN}`, "/spa/…"],
  ["a credential in a path", `/spa/${TOKEN}.${TOKEN}.${TOKEN}`, "/spa/….….…"],
  ["a token in a cause", `TypeError: "${TOKEN}" is not valid`, 'TypeError: "…" is not valid'],
  ["the id of a key of Google's", `No key has the id "${KID}"`, `No key has the id "${KID}"`],
  ["a path without end", "/a".repeat(8000), `${"/a".repeat(99)}/…`],
  ["a token that its end cuts", `/${"a/".repeat(80)}${TOKEN}`, `/${"a/".repeat(80)}…`],
];

test.each(ROWS)("the log holds of %s what it may", (_, text, logged) => {
  expect(shorten(text)).toBe(logged);
});
