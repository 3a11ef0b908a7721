import { afterEach, describe, expect, test } from "bun:test";
import { connect, type Socket } from "node:net";
import { join } from "node:path";

import { openSqlite } from "../../db/sqlite/open_sqlite.ts";
import { type Environment, readConfig } from "../../src/config.ts";
import { MACHINE } from "../../src/machine.ts";
import type { Page } from "../../src/pages/page.ts";
import { createLineSink, createLog } from "../../src/process/log_sink.ts";
import { createSignalHandler } from "../../src/process/signals.ts";
import { type RunningServer, startServer } from "../../src/server.ts";
import { CLIENT_ID, NO_ASSETS } from "../fixture.ts";
import { freePort, startFoyerProcess } from "../foyer_process.ts";
import { RemoteVisitor } from "../remote_visitor.ts";

const PART = new Uint8Array(100_000);
const PARTS = 100;
const NO_GOOGLE = {
  GOOGLE_OAUTH2_CLIENT_ID: CLIENT_ID,
  GOOGLE_JWKS_URL: `http://127.0.0.1:${freePort()}`,
};
const sockets: Socket[] = [];

afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});

/** A long file, written as it is read. */
function createFile(): ReadableStream<Uint8Array> {
  let parts = 0;
  const pull = (controller: ReadableStreamDefaultController<Uint8Array>) => {
    if ((parts += 1) > PARTS) controller.close();
    else controller.enqueue(PART);
  };
  return new ReadableStream({ pull }, { highWaterMark: 0 });
}

/** A server with a page that answers when a test says so, and one whose answer is longer than what is sent ahead. */
function start(env: Environment = {}) {
  const port = freePort();
  const lines: string[] = [];
  const held = Promise.withResolvers<void>();
  const page: Page = {
    name: "slow",
    title: "Slow",
    audience: "everybody",
    draw: () => "<p>Slow</p>",
    routes: (routes) => {
      routes.get("/held", async () => {
        await held.promise;
        return new Response("at last");
      });
      routes.get("/file", () => new Response(createFile()));
    },
  };
  const log = createLog(createLineSink((line) => lines.push(line)));
  const server = startServer({
    ...MACHINE,
    config: readConfig({ ...NO_GOOGLE, PORT: String(port), ...env }),
    store: openSqlite(":memory:", MACHINE),
    pages: [page],
    assets: NO_ASSETS,
    log,
  });
  const exit = Promise.withResolvers<number>();
  const onSignal = createSignalHandler({
    server,
    log,
    flush: async () => {},
    exit: exit.resolve,
  });
  const events = () => lines.map((line) => JSON.parse(line));
  const last = () => events().findLast(({ event }) => event === "stopped");
  return { port, server, onSignal, exited: exit.promise, last, release: () => held.resolve() };
}

/** A client of its own connection. */
function ask(port: number, path: string) {
  const socket = connect(port, "localhost");
  sockets.push(socket);
  const closed = Promise.withResolvers<string>();
  let text = "";
  socket.on("data", (data) => {
    text += data.toString("latin1");
  });
  socket.on("error", () => {});
  socket.on("close", () => closed.resolve(text));
  const send = (target: string) =>
    socket.write(`GET ${target} HTTP/1.1\r\nHost: localhost\r\nHX-Request: true\r\n\r\n`);
  send(path);
  return { socket, send, answer: closed.promise, soFar: () => text };
}

/** Resolves when so many requests are in flight. */
async function pendingAre(server: RunningServer, count: number): Promise<void> {
  while (server.pendingRequests() !== count) await new Promise(setImmediate);
}

describe("a server that gets SIGTERM", () => {
  test("is not ready, then refuses connections, and finishes what is in flight as its last answer", async () => {
    const { port, server, onSignal, exited, last, release } = start();
    const held = ask(port, "/htmx/slow/held");
    await pendingAre(server, 1);
    void onSignal("SIGTERM");
    const readiness = await fetch(`http://localhost:${port}/readyz`);
    expect(readiness.status).toBe(503);
    expect(readiness.headers.get("connection")).toBe("close");
    expect(await readiness.json()).toMatchObject({ status: "not ready", stopping: true });
    const refused = await fetch(`http://localhost:${port}/readyz`).catch(({ code }) => code);
    expect(refused).toBe("ECONNREFUSED");
    held.send("/healthz");
    release();
    const answer = await held.answer;
    expect(answer).toStartWith("HTTP/1.1 200 OK");
    expect(answer).toMatch(/^connection: close\r$/im);
    expect(answer).toEndWith("at last");
    expect(await exited).toBe(0);
    expect(last()).toMatchObject({ level: "info", cut_off: 0 });
  });

  test("finishes a download that its reader takes slowly", async () => {
    const { port, server, onSignal, exited, last } = start();
    const download = ask(port, "/htmx/slow/file");
    download.socket.pause();
    await pendingAre(server, 1);
    void onSignal("SIGTERM");
    await new Promise(setImmediate);
    expect(server.pendingRequests()).toBe(1);
    download.socket.resume();
    expect((await download.answer).length).toBeGreaterThan(PART.length * PARTS);
    expect(await exited).toBe(0);
    expect(last()).toMatchObject({ level: "info", cut_off: 0 });
  });

  for (const [seconds, path] of [
    ["0", "/htmx/slow/held"],
    ["1", "/htmx/slow/held"],
    ["1", "/htmx/slow/file"],
  ] as const) {
    test(`cuts off ${path} after ${seconds} s, and counts it`, async () => {
      const { port, server, onSignal, exited, last } = start({ SHUTDOWN_SECONDS: seconds });
      const held = ask(port, path);
      held.socket.pause();
      await pendingAre(server, 1);
      const begun = performance.now();
      void onSignal("SIGTERM");
      expect(await exited).toBe(0);
      const ms = performance.now() - begun;
      expect(ms).toBeGreaterThanOrEqual(Number(seconds) * 1000 - 5);
      expect(ms).toBeLessThan(Number(seconds) * 1000 + 900);
      expect(last()).toMatchObject({ level: "warn", cut_off: 1 });
      held.socket.resume();
      expect(await held.answer).not.toEndWith("at last");
    });
  }

  test("ends at once and with a failure on a second signal, and says what it cut off", async () => {
    const { port, server, onSignal, exited, last, release } = start();
    ask(port, "/htmx/slow/held");
    await pendingAre(server, 1);
    const inOrder = onSignal("SIGTERM");
    void onSignal("SIGINT");
    expect(await exited).toBe(1);
    expect(last()).toMatchObject({ level: "warn", signal: "SIGINT", cut_off: 1 });
    release();
    await inOrder;
  });

  test("closes a connection that asks for nothing", async () => {
    const { port, server, onSignal, exited } = start();
    const idle = ask(port, "/healthz");
    while (!idle.soFar().includes("ok")) await new Promise(setImmediate);
    expect(server.pendingRequests()).toBe(0);
    void onSignal("SIGTERM");
    expect(await idle.answer).toContain('{"status":"ok"}');
    expect(await exited).toBe(0);
  });

  test("writes its last line before a second signal ends the process", async () => {
    const foyer = await startFoyerProcess([process.execPath, "src/main.ts"], {
      cwd: join(import.meta.dir, "../.."),
      env: {
        ...NO_GOOGLE,
        PORT: String(freePort()),
        DATABASE_URL: ":memory:",
      },
    });
    const visitor = new RemoteVisitor(foyer.origin);
    const { answer } = await visitor.openRequest("/auth/login", "credential=a.b.c");
    const ended = foyer.stop("SIGTERM");
    await foyer.outputHas('"stopping"');
    await foyer.stop("SIGTERM");
    expect((await ended).exitCode).toBe(1);
    const [last = ""] = foyer.output().trim().split("\n").slice(-1);
    expect(JSON.parse(last)).toMatchObject({ event: "stopped", signal: "SIGTERM", cut_off: 1 });
    expect(await answer).toBe("");
  });
});
