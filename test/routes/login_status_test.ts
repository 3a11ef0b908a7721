import { describe, expect, test } from "bun:test";

import { PATHS } from "../../src/paths.ts";
import { ADA, createFoyer } from "../fixture.ts";
import { codeOf } from "../visitor.ts";

async function streamOf() {
  const foyer = await createFoyer();
  const visitor = foyer.visitor();
  await visitor.signIn(ADA);
  const response = await visitor.send(PATHS.events);
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const next = async () => {
    const { value, done } = await reader.read();
    return done ? null : typeof value === "string" ? value : new TextDecoder().decode(value);
  };
  expect(await next()).toBe("retry: 1000\n\n");
  return { foyer, visitor, response, reader, next };
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
    expect(await next()).toBe("event: LoginStatusChange\ndata: {}\n\n");
    await phone.post(PATHS.logout);
    expect(await next()).toBe("event: LoginStatusChange\ndata: {}\n\n");
    await reader.cancel();
  });

  test("reports the end of its own session, and closes", async () => {
    const { foyer, visitor, next } = await streamOf();
    await visitor.post(PATHS.logout);
    expect(await next()).toBe("event: LoginStatusChange\ndata: {}\n\n");
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
      expect(await next()).toBe("event: LoginStatusChange\ndata: {}\n\n");
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

  test("closes when the server shuts down", async () => {
    const { foyer, next } = await streamOf();
    foyer.deps.loginEvents.close();
    expect(await next()).toBeNull();
    expect(foyer.deps.loginEvents.listenerCount).toBe(0);
  });
});
