import { expect, test } from "bun:test";

import type { Connection } from "../../src/http/client_address.ts";
import { PATHS } from "../../src/paths.ts";
import { createFoyer } from "../fixture.ts";

/** Sends a probe over each connection, and returns how they looked. */
async function probe(connections: Connection[], env = {}) {
  let connection = connections[0] as Connection;
  const foyer = await createFoyer(env, { connectionOf: () => connection });
  for (const each of connections) {
    connection = each;
    await (await foyer.visitor().send(PATHS.probe)).body?.cancel();
  }
  return (await foyer.visitor().send(PATHS.probes)).json();
}

const NONE = { header: 0, connection: 0, missing: 0, not_trusted: 0 };
const PROXY = "127.0.0.1";
const ELSEWHERE = "10.0.0.7";
const ADDRESS = "203.0.113.9";

const ROWS: [what: string, connection: Connection, source: keyof typeof NONE][] = [
  ["a trusted proxy that names the client", { peer: PROXY, forwardedFor: ADDRESS }, "header"],
  ["one that names nobody", { peer: PROXY, forwardedFor: null }, "missing"],
  ["one that names nobody in many words", { peer: PROXY, forwardedFor: ", unknown" }, "missing"],
  ["another that names the client", { peer: ELSEWHERE, forwardedFor: ADDRESS }, "not_trusted"],
  ["another that names nobody", { peer: ELSEWHERE, forwardedFor: null }, "connection"],
  ["nobody at all", { peer: null, forwardedFor: ADDRESS }, "missing"],
];

for (const [what, connection, source] of ROWS) {
  test(`a probe by way of ${what} counts as ${source}`, async () => {
    expect(await probe([connection])).toEqual({ ...NONE, [source]: 1 });
  });
}

test("a proxy elsewhere counts once it is trusted", async () => {
  const connection = { peer: ELSEWHERE, forwardedFor: ADDRESS };
  const counts = await probe([connection, connection], { TRUSTED_PROXIES: "10.0.0.0/8" });
  expect(counts).toEqual({ ...NONE, header: 2 });
});

test("a probe's answer is a stream that says nothing about its client", async () => {
  const foyer = await createFoyer();
  const answer = await foyer.visitor().send(PATHS.probe);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toBe("text/event-stream");
  expect(answer.headers.get("x-accel-buffering")).toBe("no");
  expect(answer.headers.get("cache-control")).toBe("no-store");
  expect(answer.headers.has("secure-session-challenge")).toBeFalse();
  const chunks: string[] = [];
  const times: number[] = [];
  for await (const chunk of (answer.body ?? []) as AsyncIterable<string>) {
    chunks.push(chunk);
    times.push(performance.now());
  }
  expect(chunks).toEqual([": the beginning\n\n", ": the end\n\n"]);
  expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(300);
});

test("a probe with the headers of a browser that binds sessions is answered with those of Foyer", async () => {
  const visitor = (await createFoyer()).visitor();
  const names = ["sec-secure-session-id", "secure-session-response"];
  for (const sent of [names, names.slice(0, 1), names.slice(1)]) {
    const headers = Object.fromEntries(sent.map((name) => [name, "doctor"]));
    const answer = await visitor.send(PATHS.probe, { headers });
    await answer.body?.cancel();
    const said = ["registration", "challenge"].map((name) =>
      answer.headers.get(`secure-session-${name}`),
    );
    expect(said).toEqual(sent === names ? ["probe", "probe"] : [null, null]);
  }
});
