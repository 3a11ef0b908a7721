import { afterAll, beforeAll, expect, test } from "bun:test";

import { openSqlite } from "../db/sqlite/open_sqlite.ts";
import { readConfig } from "../src/config.ts";
import { MACHINE } from "../src/machine.ts";
import { createLineSink, createLog } from "../src/process/log_sink.ts";
import { type RunningServer, startServer } from "../src/server.ts";
import { CLIENT_ID, NO_ASSETS } from "./fixture.ts";
import { freePort } from "./foyer_process.ts";
import { TEST_PAGES } from "./pages.tsx";

const port = freePort();
const lines: string[] = [];
let server: RunningServer;

beforeAll(() => {
  server = startServer({
    ...MACHINE,
    config: readConfig({
      PORT: String(port),
      HOST: "127.0.0.1",
      ORIGIN: "https://app.example.com",
      GOOGLE_OAUTH2_CLIENT_ID: CLIENT_ID,
      // As many come back within this test as on any machine: none.
      SIGN_IN_LIMIT: "1",
    }),
    store: openSqlite(":memory:", MACHINE),
    pages: TEST_PAGES,
    assets: NO_ASSETS,
    log: createLog(createLineSink((line) => lines.push(line))),
  });
});

afterAll(() => server.stop());

async function postBad(headers: Record<string, string>): Promise<number> {
  const response = await fetch(`http://127.0.0.1:${port}/auth/login`, {
    method: "POST",
    headers: { "sec-fetch-site": "same-origin", ...headers },
    body: new URLSearchParams({ credential: "e30.e30.e30" }),
  });
  return response.status;
}

test("a server finds its clients behind the proxy on its machine, and names one without them", async () => {
  const [client, other] = ["203.0.113.7", "203.0.113.8"];
  expect(await postBad({ "x-forwarded-for": client })).toBe(401);
  expect(await postBad({ "x-forwarded-for": `198.51.100.1, ${client}` })).toBe(429);
  // Elysia cannot read the address of such a host, so the request is made again.
  expect(await postBad({ "x-forwarded-for": client, host: "x" })).toBe(429);
  expect(await postBad({ "x-forwarded-for": other })).toBe(401);
  expect(lines.join()).not.toContain("forwarded_for");
  for (let count = 0; count < 5; count += 1) expect(await postBad({})).toBe(401);
  const named = lines.map((line) => JSON.parse(line)).filter(({ peer }) => peer !== undefined);
  expect(named).toEqual([
    expect.objectContaining({ event: "forwarded_for_missing", peer: "127.0.0.1" }),
  ]);
});
