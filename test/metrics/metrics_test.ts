import { afterAll, beforeAll, describe, expect, test } from "bun:test";

import { ADA, auditAt, GRACE, MALLORY, sharedStandIn } from "../fixture.ts";
import { PROMTOOL } from "../programs.ts";
import { type MeasuredServer, startMeasured, sumOf } from "./measured_server.ts";

let server: MeasuredServer;
beforeAll(async () => {
  server = await startMeasured({ ADMIN_EMAILS: ADA.email });
});
afterAll(() => server.stop());

/** What changes in the metrics while `act` runs. */
async function changeOf(
  act: () => Promise<unknown>,
): Promise<(name: string, labels?: Record<string, string>) => number> {
  const before = await server.scrape();
  await act();
  const after = await server.scrape();
  return (name, labels) => sumOf(after, name, labels) - sumOf(before, name, labels);
}

/** Sends a method that `fetch` may not know. */
async function sendRaw(method: string, path: string): Promise<void> {
  const host = new URL(server.origin).host;
  await server
    .visitor()
    .sendRaw(`${method} ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
}

describe("the metrics", () => {
  test("count sign-ins and refusals exactly", async () => {
    const google = await sharedStandIn();
    const change = await changeOf(async () => {
      for (const person of [ADA, GRACE, ADA]) await server.visitor().signIn(google, person);
      const mallory = server.visitor();
      const credential = await mallory.credential(google, MALLORY);
      expect((await mallory.post("/auth/login", { credential })).status).toBe(403);
      for (let count = 0; count < 2; count += 1) {
        await server.visitor().post("/auth/login", { credential: "e30.e30.e30" });
      }
      await server.visitor().post("/auth/callback", { credential });
      await server.visitor().get("/auth/login");
      for (let count = 0; count < 4; count += 1) await server.visitor().get("/nothing");
    });
    const signIns = (outcome: string) => change("foyer_sign_ins_total", { outcome });
    expect(signIns("signed_in")).toBe(3);
    expect(signIns("email_unverified")).toBe(1);
    expect(signIns("invalid_credential")).toBe(2);
    expect(signIns("csrf_mismatch")).toBe(1);
    expect(change("foyer_sign_ins_total")).toBe(7);
    expect(change("foyer_refusals_total", { code: "not_found" })).toBe(4);
    expect(change("foyer_refusals_total", { code: "method_not_allowed" })).toBe(1);
    expect(change("foyer_refusals_total")).toBe(9);
    const posts = { method: "POST", route: "/auth/login" };
    expect(change("foyer_http_requests_total", { ...posts, status: "200" })).toBe(3);
    expect(change("foyer_http_requests_total", { ...posts, status: "401" })).toBe(2);
    expect(change("foyer_http_requests_total", { ...posts, status: "403" })).toBe(1);
    expect(change("foyer_http_requests_total", { route: "unknown", status: "404" })).toBe(4);
    const all = change("foyer_http_requests_total");
    expect(change("foyer_http_request_duration_seconds_count")).toBe(all);
    // Each sign-in is a transaction, and so is the event of Mallory's.
    expect(change("foyer_database_write_duration_seconds_count")).toBe(4);
  });

  test("count the sessions that are alive", async () => {
    const count = async () => (await server.scrape()).get("foyer_sessions") ?? Number.NaN;
    const before = await count();
    const ada = server.visitor();
    await ada.signIn(await sharedStandIn(), ADA);
    expect(await count()).toBe(before + 1);
  });

  test("count an invalid request, which no route sees", async () => {
    const invalid = "GET // HTTP/1.1\r\nHost: \r\nConnection: close\r\n\r\n";
    const change = await changeOf(() => server.visitor().sendRaw(invalid));
    const labels = { method: "GET", status: "400" };
    expect(change("foyer_http_requests_total", labels)).toBe(1);
  });

  test("tell how many streams are open", async () => {
    const ada = server.visitor();
    await ada.signIn(await sharedStandIn(), ADA);
    const stream = await ada.get("/auth/events");
    expect((await server.scrape()).get("foyer_event_streams")).toBe(1);
    await stream.body?.cancel();
    for (let open = 1; open !== 0;) {
      open = (await server.scrape()).get("foyer_event_streams") ?? 1;
    }
  });

  test("tell the state of the process and of what it needs", async () => {
    const before = Date.now() / 1000;
    await server.store.recordBackup(1_700_000_000_000, auditAt(Date.now()));
    const keys = "foyer_google_keys_timestamp_seconds";
    let scraped = await server.scrape();
    // They are fetched when the server starts.
    while (scraped.get(keys) === 0) scraped = await server.scrape();
    const read = (name: string) => scraped.get(name) ?? Number.NaN;
    expect(read('foyer_build_info{version="1.2.3",commit="abc",bun="1.4.5"}')).toBe(1);
    expect(read("foyer_last_backup_timestamp_seconds")).toBe(1_700_000_000);
    expect(Math.abs(read(keys) - before)).toBeLessThan(60);
    expect(read("foyer_database_up")).toBe(1);
    expect(read("foyer_database_size_bytes") % 4096).toBe(0);
    expect(read("foyer_database_size_bytes")).toBeGreaterThan(100_000);
    expect(read("process_resident_memory_bytes")).toBeGreaterThan(10_000_000);
    expect(Math.abs(read("process_start_time_seconds") - before)).toBeLessThan(3600);
    expect(read("process_open_fds")).toBeGreaterThan(3);
    expect(read("process_max_fds")).toBeGreaterThan(read("process_open_fds"));
    const later = await server.scrape();
    const cpu = "process_cpu_seconds_total";
    expect(later.get(cpu)).toBeGreaterThan(read(cpu));
  });

  test("notice that the event loop is late", async () => {
    const isSlow = { le: "0.25" };
    const before = await server.scrape();
    const bucket = (scraped: Map<string, number>) => {
      const all = sumOf(scraped, "foyer_event_loop_lag_seconds_count");
      return all - sumOf(scraped, "foyer_event_loop_lag_seconds_bucket", isSlow);
    };
    const end = performance.now() + 600;
    while (performance.now() < end);
    let after = before;
    while (bucket(after) === bucket(before)) after = await server.scrape();
    expect(bucket(after)).toBeGreaterThan(bucket(before));
  });

  test("have a bounded number of series, whatever strangers send", async () => {
    const attack = async (seed: string) => {
      for (let index = 0; index < 50; index += 1) {
        const name = `${seed}${index}`;
        const paths = [`/${name}`, `/spa/${name}`, `/htmx/${name}`, `/assets/${name}?q=${name}`];
        for (const path of paths) await server.visitor().get(path);
        await server.visitor().get(`/auth/google?return=${name}`);
        await server.visitor().get(`/${"x/".repeat(index)}${name}`);
        await server.visitor().post("/auth/login", { credential: name, select_by: name });
      }
      await sendRaw(`BREW${seed.toUpperCase()}`, "/spa");
      await sendRaw("PATCH", `/spa/${seed}`);
    };
    await attack("a");
    const before = await server.scrape();
    await attack("b");
    const after = await server.scrape();
    expect([...after.keys()].filter((series) => !before.has(series))).toEqual([]);
    expect(after.size).toBeLessThan(1000);
  });

  test.skipIf(!PROMTOOL.isInstalled)("have names and types as Prometheus wants them", async () => {
    const text = await (await fetch(server.metricsUrl)).text();
    const { exitCode, stdout, stderr } = Bun.spawnSync([PROMTOOL.path, "check", "metrics"], {
      stdin: Buffer.from(text),
    });
    expect(`${stdout}${stderr}`).toBe("");
    expect(exitCode).toBe(0);
  });
});

describe("where the metrics are", () => {
  test("is their own port, and nothing else is there", async () => {
    const found = await fetch(server.metricsUrl);
    expect(found.status).toBe(200);
    expect(found.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
    expect((await fetch(server.metricsUrl, { method: "HEAD" })).status).toBe(200);
    expect((await fetch(server.metricsUrl, { method: "POST" })).status).toBe(404);
    expect((await fetch(new URL("/spa", server.metricsUrl))).status).toBe(404);
    expect((await server.visitor().get("/metrics")).status).toBe(404);
  });

  test("is said when it is taken", async () => {
    const taken = new URL(server.metricsUrl).port;
    const starting = startMeasured({ METRICS_PORT: taken });
    await expect(starting).rejects.toThrow(
      `Foyer cannot listen on 127.0.0.1:${taken}: the port is taken; set METRICS_PORT to another`,
    );
  });

  test("answers also when the database does not", async () => {
    const broken = await startMeasured();
    expect((await broken.scrape()).get("foyer_database_up")).toBe(1);
    await broken.store.close();
    const scraped = await broken.scrape();
    expect(scraped.get("foyer_database_up")).toBe(0);
    expect(scraped.get("foyer_event_streams")).toBe(0);
    await broken.stop().catch(() => {});
  });
});
