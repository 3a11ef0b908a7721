import { afterAll, describe, expect, test } from "bun:test";

import { exportJWK, type JWK } from "jose";

import { createGoogleKeys } from "../../src/auth/google_keys.ts";
import type { RefusedRequest } from "../../src/errors.ts";
import { createSigningKeys } from "../../src/google_stand_in/signing_keys.ts";
import { answerWith, hold, startKeyServer } from "./key_server.ts";

const TIMEOUT_MS = 200;
const signing = await createSigningKeys();
const [jwk, other] = signing.keySet().keys as [JWK, JWK];
const kid = String(jwk.kid);
const running: { stop(): unknown }[] = [];
afterAll(() => Promise.all(running.map((server) => server.stop())));

/** Asks a server that answers with `answer` for a key, and says what came of it. */
async function find(answer: () => Response | Promise<Response>, id = kid): Promise<string> {
  const server = startKeyServer(signing);
  running.push(server);
  server.answer = answer;
  const lines: string[] = [];
  const keys = createGoogleKeys({
    url: server.url,
    now: Date.now,
    log: (_, event, fields) => lines.push(`${event} ${fields?.cause}`),
    timeoutMs: TIMEOUT_MS,
  });
  const result = await keys.find(id).then(
    () => "found",
    (error: RefusedRequest) => error.code,
  );
  return [result, ...lines].join("; ");
}

const NOT_FETCHED = /^keys_unavailable; google_keys_not_fetched \w*Error: /;

describe("an answer without a usable key counts as no answer:", () => {
  const page = "<!doctype html><title>Sign in to the Wi-Fi</title>";
  const BAD: [what: string, answer: () => Response | Promise<Response>][] = [
    ["an error", () => new Response("", { status: 500 })],
    ["an error that holds keys", () => Response.json(signing.keySet(), { status: 500 })],
    ["HTML", () => new Response(page, { headers: { "content-type": "text/html" } })],
    ["a part of JSON", () => new Response('{"keys":[{"kty":"RSA"')],
    ["null", () => Response.json(null)],
    ["a number", () => Response.json(1)],
    ["no keys", () => Response.json({})],
    ["keys by name", () => Response.json({ keys: { [kid]: jwk } })],
    ["an empty list", () => Response.json({ keys: [] })],
    ["keys that are no objects", () => Response.json({ keys: [1, null, "x", []] })],
    ["nothing with status 204", () => new Response(null, { status: 204 })],
    ["a redirect to itself", () => Response.redirect("/", 302)],
    ["no answer in time", hold(() => answerWith(signing.keySet())).answer],
    ["an answer that never ends", () => new Response(drip(10))],
    ["an answer without end, as fast as it can", () => new Response(drip(0, 65_536))],
    ["64 KiB and more", () => answerWith({ ...signing.keySet(), x: "x".repeat(65_536) })],
    ["100 MB in 100 KB", zipped],
    ["its own keys under no id", () => answerWith({ keys: [{ ...jwk, kid: undefined }] })],
  ];
  for (const [what, answer] of BAD) {
    test(what, async () => expect(await find(answer)).toMatch(NOT_FETCHED));
  }

  test("a redirect to a server that has the keys", async () => {
    const elsewhere = startKeyServer(signing);
    running.push(elsewhere);
    expect(await find(() => Response.redirect(elsewhere.url, 302))).toMatch(NOT_FETCHED);
    expect(elsewhere.fetches).toBe(0);
  });

  test("no server", async () => {
    const server = startKeyServer(signing);
    await server.stop();
    const keys = createGoogleKeys({ url: server.url, now: Date.now, log: () => {} });
    const refusal = await keys.find(kid).catch((error: unknown) => error);
    expect(refusal).toMatchObject({ code: "keys_unavailable" });
  });
});

describe("a key set", () => {
  const UNUSABLE: [what: string, change: () => JWK[] | Promise<JWK[]>, said: string][] = [
    ["for encryption", () => [{ ...jwk, use: "enc" }], "is not for RS256 signatures"],
    ["for another algorithm", () => [{ ...jwk, alg: "RS512" }], "is not for RS256 signatures"],
    ["for wrapping", () => [{ ...jwk, key_ops: ["wrapKey"] }], "is not for RS256 signatures"],
    ["of another kind", () => [{ ...jwk, kty: "oct", k: "AAAA" }], "is not for RS256 signatures"],
    ["without modulus", () => [{ ...jwk, n: undefined } as JWK], "cannot be read"],
    ["of no base64", () => [{ ...jwk, n: "***" }], "cannot be read"],
    ["with the exponent 1", () => [{ ...jwk, e: "AQ" }], "has an unusual exponent"],
    ["of 1024 bits", async () => [{ ...jwk, ...(await weakKey()) }], "has only 1024 bits"],
    ["twice, with two values", () => [jwk, { ...other, kid }], "occurs twice"],
    [
      "twice, one of 1024 bits",
      async () => [jwk, { ...jwk, ...(await weakKey()) }],
      "occurs twice",
    ],
  ];
  for (const [what, change, said] of UNUSABLE) {
    test(`is used without its key ${what}`, async () => {
      const keys = [...(await change()), { ...other, kid: "good" }];
      const warning = `google_key_unusable The key "${kid}" ${said}`;
      expect(await find(() => answerWith({ keys }))).toBe(`invalid_credential; ${warning}`);
      expect(await find(() => answerWith({ keys }), "good")).toBe(`found; ${warning}`);
    });
  }

  test("may hold a key twice", async () => {
    expect(await find(() => answerWith({ keys: [jwk, other, jwk] }))).toBe("found");
  });

  test("may come slowly, but in time", async () => {
    const text = JSON.stringify(signing.keySet());
    const parts = text.match(/[^]{1,100}/g) ?? [];
    const body = new ReadableStream({
      async pull(controller) {
        const part = parts.shift();
        if (part === undefined) return controller.close();
        await new Promise(setImmediate);
        controller.enqueue(new TextEncoder().encode(part));
      },
    });
    expect(await find(() => new Response(body))).toBe("found");
  });
});

/** A body without end: a byte, or `size` of them, every `everyMs`. */
function drip(everyMs: number, size = 1): ReadableStream {
  return new ReadableStream({
    async pull(controller) {
      await Bun.sleep(everyMs);
      controller.enqueue(new Uint8Array(size).fill(0x20));
    },
  });
}

function zipped(): Response {
  const body = Bun.gzipSync(new Uint8Array(100_000_000).fill(0x20));
  return new Response(body, { headers: { "content-encoding": "gzip" } });
}

async function weakKey(): Promise<JWK> {
  const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256", modulusLength: 1024 };
  const publicExponent = new Uint8Array([1, 0, 1]);
  const { publicKey } = await crypto.subtle.generateKey({ ...algorithm, publicExponent }, true, [
    "sign",
    "verify",
  ]);
  const { n, e } = await exportJWK(publicKey);
  return { n, e } as JWK;
}
