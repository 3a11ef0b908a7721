import { describe, expect, test } from "bun:test";

import { PATHS } from "../../src/paths.ts";
import { ADA, createFoyer } from "../fixture.ts";
import { codeOf, type Visitor } from "../visitor.ts";

const CHANGED = "event: LoginStatusChange\ndata: {}\n\n";

async function streamOf() {
  const foyer = await createFoyer();
  const visitor = foyer.visitor();
  await visitor.signIn(ADA);
  const stream = await openStream(visitor);
  expect(await stream.next()).toBe("retry: 1000\n\n");
  return { foyer, visitor, ...stream };
}

async function openStream(visitor: Visitor) {
  const response = await visitor.send(PATHS.events);
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const next = async () => {
    const { value, done } = await reader.read();
    return done ? null : typeof value === "string" ? value : new TextDecoder().decode(value);
  };
  return { response, reader, next };
}

describe("GET /auth/is_authenticated", () => {
  test("answers 200 or 401", async () => {
    const visitor = (await createFoyer()).visitor();
    const anonymous = await visitor.send(PATHS.isAuthenticated);
    expect(anonymous.status).toBe(401);
    expect(anonymous.headers.get("cache-control")).toBe("no-store");
    expect(await codeOf(anonymous)).toBe("not_signed_in");
    await visitor.signIn(ADA);
    const member = await visitor.send(PATHS.isAuthenticated);
    expect(member.status).toBe(200);
    expect(await member.json()).toEqual({ message: "Authenticated" });
  });
});

describe("GET /auth/events", () => {
  test("is 204 without a session", async () => {
    const response = await (await createFoyer()).visitor().send(PATHS.events);
    expect(response.status).toBe(204);
    expect(await response.text()).toBe("");
  });

  test("reports a sign-out on another device", async () => {
    const { foyer, response, next, reader } = await streamOf();
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    const phone = foyer.visitor();
    await phone.signIn(ADA);
    expect(await next()).toBe(CHANGED);
    await phone.post(PATHS.logout);
    expect(await next()).toBe(CHANGED);
    await reader.cancel();
  });

  test("reports the end of its own session, and closes", async () => {
    const { foyer, visitor, next } = await streamOf();
    await visitor.post(PATHS.logout);
    expect(await next()).toBe(CHANGED);
    expect(await next()).toBeNull();
    expect(foyer.deps.loginEvents.listenerCount).toBe(0);
  });

  test("survives token rotation", async () => {
    const { foyer, visitor, next, reader } = await streamOf();
    for (let times = 0; times < 3; times += 1) {
      foyer.clock.pass(301_000);
      await visitor.fragment("/htmx/content.secret1");
      await visitor.fragment("/htmx/content.secret1");
      // Long after the token that opened the stream was superseded.
      foyer.clock.pass(60_000);
      const { user } = (await foyer.store.findSessionById(await visitor.shownSession())) ?? {};
      foyer.deps.loginEvents.publish(user?.id ?? "");
      expect(await next()).toBe(CHANGED);
    }
    expect(await visitor.status()).toBe(200);
    expect(foyer.deps.loginEvents.listenerCount).toBe(1);
    await reader.cancel();
  });

  test("sends only headers for HEAD", async () => {
    const { visitor, reader } = await streamOf();
    const head = await visitor.send(PATHS.events, { method: "HEAD" });
    expect(head.headers.get("content-type")).toBe("text/event-stream");
    expect(await head.text()).toBe("");
    await reader.cancel();
  });

  test("leaves no listener after a thousand streams", async () => {
    const { foyer, visitor, reader } = await streamOf();
    await reader.cancel();
    for (let i = 0; i < 1000; i++) await (await visitor.send(PATHS.events)).body?.cancel();
    expect(foyer.deps.loginEvents.listenerCount).toBe(0);
  });

  test("closes the oldest of nine in a session, which comes back after a minute", async () => {
    const { foyer, visitor, next } = await streamOf();
    const others = [];
    for (let count = 1; count < 9; count += 1) others.push(await openStream(visitor));
    expect(await next()).toBe("retry: 60000\n\n");
    expect(await next()).toBeNull();
    expect(foyer.deps.loginEvents.listenerCount).toBe(8);
    const phone = foyer.visitor();
    await phone.signIn(ADA);
    for (const other of others) {
      expect(await other.next()).toBe("retry: 1000\n\n");
      expect(await other.next()).toBe(CHANGED);
    }
    for (const { reader } of others) await reader.cancel();
    expect(foyer.deps.loginEvents.listenerCount).toBe(0);
  });

  test("has browsers come back later while there is no room", async () => {
    const foyer = await createFoyer();
    foyer.deps.loginEvents.follow = () => null;
    const visitor = foyer.visitor();
    await visitor.signIn(ADA);
    const { response, next } = await openStream(visitor);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    const seconds = Number(/^retry: (\d+)\n\n$/.exec((await next()) ?? "")?.[1]) / 1000;
    expect(seconds).toBeGreaterThanOrEqual(20);
    expect(seconds).toBeLessThanOrEqual(41);
    expect(await next()).toBeNull();
  });

  test("reports nothing when nothing has changed", async () => {
    const { foyer, visitor, next, reader } = await streamOf();
    const published: string[] = [];
    const { loginEvents } = foyer.deps;
    const { publish } = loginEvents;
    loginEvents.publish = (userId) => {
      published.push(userId);
      publish(userId);
    };
    const endOthers = async () =>
      visitor.send(`${PATHS.accountSessions}?except=this`, {
        method: "DELETE",
        headers: { "hx-request": "true", "x-signed-in-as": await visitor.shownSession() },
      });
    expect((await endOthers()).status).toBe(200);
    expect(published).toEqual([]);
    await foyer.visitor().signIn(ADA);
    expect(await next()).toBe(CHANGED);
    expect((await endOthers()).status).toBe(200);
    expect(published).toHaveLength(2);
    expect(await next()).toBe(CHANGED);
    await reader.cancel();
  });

  test("closes when the server shuts down, and comes back when it likes within some seconds", async () => {
    const { foyer, visitor, next } = await streamOf();
    const streams = [{ next }];
    for (let count = 1; count < 8; count += 1) {
      const stream = await openStream(visitor);
      await stream.next();
      streams.push(stream);
    }
    foyer.deps.loginEvents.close();
    const times = new Set<number>();
    for (const stream of streams) {
      times.add(Number(/^retry: (\d+)\n\n$/.exec((await stream.next()) ?? "")?.[1]));
      expect(await stream.next()).toBeNull();
    }
    expect(Math.min(...times)).toBeGreaterThanOrEqual(500);
    expect(Math.max(...times)).toBeLessThanOrEqual(4500);
    expect(times.size).toBeGreaterThan(1);
    expect(foyer.deps.loginEvents.listenerCount).toBe(0);
  });
});
