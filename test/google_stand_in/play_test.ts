import { afterAll, afterEach, describe, expect, test } from "bun:test";

import { BANNER } from "../../src/google_stand_in/client_files.ts";
import { PLAYS } from "../../src/google_stand_in/play.ts";
import { startGoogleStandIn } from "../../src/google_stand_in/server.ts";
import { one, parseResponse } from "../dom.ts";

const google = await startGoogleStandIn({ port: 0 });
afterAll(() => google.stop());
afterEach(() => google.play({}));

const NORMAL = {
  script: "served",
  popup: "opens",
  answer: "token",
  fedcm_token: "jwt",
  key_set: "served",
  auth_time: "session",
  amr: "none",
};

const at = (path: string) => new URL(path, google.origin);
const play = (body: string) => fetch(at("/stand_in/play"), { method: "POST", body });
const readPlay = async () => (await fetch(at("/stand_in/play"))).json();

describe("the behaviour of the stand-in", () => {
  test("is normal at first", async () => {
    expect(await readPlay()).toEqual(NORMAL);
    expect(Object.values(PLAYS).map(([first]) => first as string)).toEqual(Object.values(NORMAL));
  });

  test("is set by part, and all other parts become normal", async () => {
    const answer = await play(JSON.stringify({ script: "blocked", answer: "access_denied" }));
    expect(await answer.json()).toEqual({
      ...NORMAL,
      script: "blocked",
      answer: "access_denied",
    });
    expect(await (await play('{"popup":"closes"}')).json()).toEqual({
      ...NORMAL,
      popup: "closes",
    });
    expect(await (await play("{}")).json()).toEqual(NORMAL);
  });

  test("is set by a form, which returns to the front page", async () => {
    const body = new URLSearchParams({ ...NORMAL, key_set: "failing" });
    const answer = await fetch(at("/stand_in/play"), { method: "POST", body, redirect: "manual" });
    expect(answer.status).toBe(303);
    expect(answer.headers.get("location")).toBe("/");
    expect(await readPlay()).toEqual({ ...NORMAL, key_set: "failing" });
    const front = await parseResponse(await fetch(google.origin));
    const form = one(front, "form.play");
    const options = [...form.querySelectorAll("option")].map(({ textContent }) => textContent);
    expect(options).toEqual(Object.values(PLAYS).flat());
    const chosen = [...form.querySelectorAll("option[selected]")];
    expect(chosen.map(({ textContent }) => textContent)).toContain("failing");
  });

  test.each([
    "",
    "not JSON",
    "null",
    "[]",
    '"script"',
    '{"script":"sometimes"}',
    '{"script":null}',
    '{"script":["blocked"]}',
    '{"toString":"served"}',
    '{"__proto__":"served"}',
    '{"popup":"blocked","unknown":"served"}',
  ])("is refused with a list of valid values: %p", async (body) => {
    const answer = await play(body);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ possible: PLAYS });
    expect(await readPlay()).toEqual(NORMAL);
  });
});

describe("a failure", () => {
  test("of the script: blocked", async () => {
    google.play({ script: "blocked" });
    const answer = await fetch(at("/gsi/client"));
    expect(answer.status).toBe(503);
    expect(await answer.text()).toBe("");
  });

  test("of the script: held until another behaviour is set", async () => {
    google.play({ script: "held" });
    const held = [fetch(at("/gsi/client")), fetch(at("/gsi/client"))];
    const button = await fetch(at("/gsi/button"));
    expect(button.status).toBe(200);
    const states = held.map((answer) => Bun.peek.status(answer));
    expect(states).toEqual(["pending", "pending"]);
    google.play({});
    for (const answer of await Promise.all(held)) {
      expect(await answer.text()).toStartWith(BANNER);
    }
  });

  test("of the popup: blocked in the page", async () => {
    const read = async () => await (await fetch(at("/gsi/client"))).text();
    expect(await read()).not.toContain("window.open = ");
    google.play({ popup: "blocked" });
    expect(await read()).toContain("window.open = () => null;");
  });

  test("of the popup: closed at once; redirect mode has none", async () => {
    google.play({ popup: "closes" });
    const flow = { client_id: "c", origin: "http://localhost:3000", nonce: "n", channel: "c" };
    const redirect = { ...flow, ux_mode: "redirect", login_uri: "http://localhost:3000/login" };
    const show = async (fields: Record<string, string>) =>
      await (await fetch(at(`/gsi/select?${new URLSearchParams(fields)}`))).text();
    expect(await show(flow)).toContain("/gsi/close.js");
    expect(await show(redirect)).toContain("Choose an account");
    expect(await (await fetch(at("/gsi/close.js"))).text()).toContain("close()");
  });

  test("of the key set", async () => {
    google.play({ key_set: "failing" });
    expect((await fetch(at("/oauth2/v3/certs"))).status).toBe(500);
  });
});
