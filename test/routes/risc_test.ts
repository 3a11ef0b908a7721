import { afterAll, describe, expect, test } from "bun:test";

import type { SecurityEventDelivery } from "../../db/contract/security_event.ts";
import { DatabaseError } from "../../db/contract/store.ts";
import { openSqlite } from "../../db/sqlite/open_sqlite.ts";
import { createGoogleKeys } from "../../src/auth/google_keys.ts";
import { MACHINE } from "../../src/machine.ts";
import { PATHS } from "../../src/paths.ts";
import { ADA, CLIENT_ID, createFoyer, sharedStandIn } from "../fixture.ts";

const google = await sharedStandIn();
const TYPE = "application/secevent+jwt";
const running: { stop(): unknown }[] = [];
afterAll(() => Promise.all(running.map((server) => server.stop())));

/** The application over HTTP; `record` runs before a delivery reaches the store, and may fail. */
async function startReceiver({
  record = async () => {},
  jwksUrl = `${google.origin}/oauth2/v3/certs`,
}: {
  record?: () => Promise<void>;
  jwksUrl?: string;
} = {}) {
  const recorded: SecurityEventDelivery[] = [];
  const store = openSqlite(":memory:", MACHINE);
  const { app, logLines: lines } = await createFoyer(
    {},
    {
      googleKeys: createGoogleKeys({ url: jwksUrl, now: Date.now, log: () => {} }),
      store: {
        ...store,
        applySecurityEvent: async (delivery, audit) => {
          await record();
          recorded.push(delivery);
          return store.applySecurityEvent(delivery, audit);
        },
      },
    },
  );
  const server = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: app.handle });
  running.push({ stop: () => server.stop(true) });
  const url = `http://127.0.0.1:${server.port}${PATHS.risc}`;
  const post = (body: RequestInit["body"], headers: Record<string, string> = {}) =>
    fetch(url, {
      method: "POST",
      headers: { "content-type": TYPE, ...headers },
      ...(body === undefined ? {} : { body }),
    });
  return { url, post, lines, recorded };
}

const issue = (order: Partial<Parameters<typeof google.issueSecurityEvent>[0]> = {}) =>
  google.issueSecurityEvent({
    kind: "sessions-revoked",
    person: ADA,
    clientId: CLIENT_ID,
    ...order,
  });

async function expectRefused(
  response: Response,
  { err, description }: { err: string; description: RegExp },
): Promise<void> {
  expect(response.status).toBe(400);
  expect(response.headers.get("content-type")).toBe("application/json");
  expect(response.headers.get("content-language")).toBe("en");
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(response.headers.get("hx-trigger")).toBeNull();
  expect(await response.json()).toEqual({ err, description: expect.stringMatching(description) });
}

describe("POST /auth/risc", () => {
  test("acknowledges an event with 202 and no body, once it has been recorded", async () => {
    const order: string[] = [];
    const receiver = await startReceiver({
      record: async () => {
        await Bun.sleep(30);
        order.push("recorded");
      },
    });
    const response = await receiver.post(await issue({ claims: { jti: "once" } }));
    order.push("acknowledged");
    expect(order).toEqual(["recorded", "acknowledged"]);
    expect(response.status).toBe(202);
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.get("set-cookie")).toBeNull();
    expect(await response.text()).toBe("");
    expect(receiver.recorded).toMatchObject([
      { jti: "once", acts: [{ kind: "sessions_revoked", sub: ADA.sub }] },
    ]);
  });

  test("passes each delivery of a token on: the store knows whether it is new", async () => {
    const receiver = await startReceiver();
    const token = await issue();
    expect((await receiver.post(token)).status).toBe(202);
    expect((await receiver.post(token)).status).toBe(202);
    expect(receiver.recorded).toHaveLength(2);
  });

  test("logs the kinds of events, and nothing about the person", async () => {
    const receiver = await startReceiver();
    const token = await issue({ kind: ["tokens-revoked", "verification"], state: "s3cret" });
    const response = await receiver.post(token);
    const refused = await receiver.post(await issue({ claims: { aud: "x-other", jti: "j-no" } }));
    expect(receiver.lines.map((line) => JSON.parse(line))).toMatchObject([
      {
        level: "info",
        event: "security_event",
        request: response.headers.get("x-request-id"),
        kinds: "tokens_revoked verification",
      },
      {
        event: "refused",
        status: 400,
        code: "invalid_audience",
        request: refused.headers.get("x-request-id"),
      },
    ]);
    for (const secret of [token.slice(0, 20), ADA.sub, ADA.email, "s3cret", "x-other", "j-no"]) {
      expect(receiver.lines.join("\n")).not.toContain(secret);
    }
  });

  const HEADERS: [what: string, headers: Record<string, string>][] = [
    ["a server without any header of a browser", {}],
    ["a charset", { "content-type": `${TYPE}; charset=utf-8` }],
    ["a type in capitals", { "content-type": TYPE.toUpperCase() }],
    ["any Accept", { accept: "image/png" }],
    ["another language", { "accept-language": "de" }],
    ["another site's Origin", { origin: "https://accounts.google.com" }],
    ["a cross-site fetch", { "sec-fetch-site": "cross-site" }],
    ["htmx", { "hx-request": "true" }],
  ];
  for (const [what, headers] of HEADERS) {
    test(`takes an event from ${what}, and answers a faulty one in RFC 8935's form`, async () => {
      const receiver = await startReceiver();
      expect((await receiver.post(await issue(), headers)).status).toBe(202);
      const faulty = await receiver.post(await issue({ fault: "wrong issuer" }), headers);
      await expectRefused(faulty, { err: "invalid_issuer", description: /issuer/ });
    });
  }

  const TYPES = [
    "application/jwt",
    "text/plain",
    "application/json",
    "application/x-www-form-urlencoded",
  ];
  for (const type of [...TYPES, "multipart/form-data; boundary=x", "application/secevent+jwt2"]) {
    test(`refuses the type ${type}`, async () => {
      const receiver = await startReceiver();
      const response = await receiver.post(await issue(), { "content-type": type });
      await expectRefused(response, { err: "invalid_request", description: /Content-Type/ });
      expect(receiver.recorded).toEqual([]);
    });
  }

  const FAULTY: [fault: Parameters<typeof issue>[0], err: string][] = [
    [{ fault: "wrong audience" }, "invalid_audience"],
    [{ fault: "an unknown key" }, "invalid_key"],
    [{ fault: "no signature" }, "invalid_key"],
    [{ fault: "cut signature" }, "authentication_failed"],
    [{ fault: "an ID token instead" }, "invalid_request"],
    [{ fault: "claims that are no JSON" }, "invalid_request"],
  ];
  for (const [order, err] of FAULTY) {
    test(`answers ${order?.fault} with ${err}, and records nothing`, async () => {
      const receiver = await startReceiver();
      await expectRefused(await receiver.post(await issue(order)), { err, description: /./ });
      expect(receiver.recorded).toEqual([]);
    });
  }

  const BODIES: [what: string, body: RequestInit["body"]][] = [
    ["nothing", undefined],
    ["bytes that are no UTF-8", new Uint8Array([0xff, 0x2e, 0xfe, 0x2e, 0xff])],
    ["a form", "credential=a.b.c"],
    ["64 KiB", "x".repeat(65_536)],
  ];
  for (const [what, body] of BODIES) {
    test(`refuses a body of ${what}`, async () => {
      const response = await (await startReceiver()).post(body);
      await expectRefused(response, { err: "invalid_request", description: /compact/ });
    });
  }

  test("refuses more than 64 KiB with 413, announced or not", async () => {
    const receiver = await startReceiver();
    expect((await receiver.post("x".repeat(65_537))).status).toBe(413);
    const stream = new ReadableStream({
      pull(controller) {
        controller.enqueue(new Uint8Array(16_384));
      },
    });
    expect((await receiver.post(stream)).status).toBe(413);
  });

  test("asks for another delivery when the event cannot be stored", async () => {
    const receiver = await startReceiver({
      record: () => Promise.reject(new DatabaseError("disk full")),
    });
    const response = await receiver.post(await issue());
    expect(response.status).toBe(503);
    expect(response.headers.get("retry-after")).toBe("5");
    expect(await response.text()).not.toContain("disk full");
    expect(receiver.lines.join()).not.toContain("security_event");
  });

  test("never acknowledges an event that failed for any other reason", async () => {
    const receiver = await startReceiver({ record: () => Promise.reject(new TypeError("oops")) });
    expect((await receiver.post(await issue())).status).toBe(500);
  });

  test("asks for another delivery while Google's keys are unreachable", async () => {
    const receiver = await startReceiver({ jwksUrl: "http://127.0.0.1:9/certs" });
    const response = await receiver.post(await issue());
    expect(response.status).toBe(503);
    expect(response.headers.get("retry-after")).toMatch(/^\d+$/);
    expect(receiver.recorded).toEqual([]);
  });

  test("takes no other method", async () => {
    const response = await fetch((await startReceiver()).url);
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toBe("POST");
  });
});

describe("the stand-in's POST /stand_in/security_event", () => {
  const order = (body: object) =>
    fetch(`${google.origin}/stand_in/security_event`, {
      method: "POST",
      body: JSON.stringify({ email: ADA.email, clientId: CLIENT_ID, ...body }),
    });

  test("delivers an event and returns the receiver's answer", async () => {
    const receiver = await startReceiver();
    const right = await order({
      target: receiver.url,
      kind: "account-disabled",
      reason: "hijacking",
    });
    expect(await right.json()).toEqual({ status: 202, answer: "" });
    expect(receiver.recorded[0]?.acts).toMatchObject([
      { kind: "account_disabled", sub: ADA.sub, disables: { reason: "hijacking" } },
    ]);
    const wrong = await order({ target: receiver.url, kind: "verification", fault: "no jti" });
    expect(await wrong.json()).toMatchObject({ status: 400 });
  });

  test("delivers to this machine only, and only known events", async () => {
    const target = "http://127.0.0.1:9/";
    for (const elsewhere of ["https://example.com/", "http://127.0.0.1.example.com/", "x", null]) {
      expect((await order({ target: elsewhere, kind: "verification" })).status).toBe(400);
    }
    expect((await order({ target, kind: "toString" })).status).toBe(400);
    expect((await order({ target, kind: "verification", fault: "toString" })).status).toBe(400);
    expect((await order({ target, kind: "verification" })).status).toBe(502);
  });
});
