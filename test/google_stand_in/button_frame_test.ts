import { afterAll, describe, expect, test } from "bun:test";

import { startGoogleStandIn } from "../../src/google_stand_in/server.ts";
import { one, parseResponse } from "../dom.ts";

const google = await startGoogleStandIn({ port: 0 });
afterAll(() => google.stop());

async function drawFrame(query: Record<string, string>, headers: Record<string, string> = {}) {
  const answer = await fetch(`${google.origin}/gsi/button?${new URLSearchParams(query)}`, {
    headers,
  });
  expect(answer.status).toBe(200);
  return await parseResponse(answer);
}

const readText = async (query: Record<string, string>, headers?: Record<string, string>) =>
  one(await drawFrame(query, headers), ".text").textContent;

describe("the button's frame", () => {
  test.each([
    ["signin_with", "en", "Sign in with Google"],
    ["signup_with", "en", "Sign up with Google"],
    ["continue_with", "en", "Continue with Google"],
    ["signin", "en", "Sign in"],
    ["toString", "en", "Sign in with Google"],
    ["", "en", "Sign in with Google"],
    ["signin_with", "de", "Über Google anmelden"],
    ["signin_with", "de_AT", "Über Google anmelden"],
    ["continue_with", "de-CH", "Weiter mit Google"],
    ["signup_with", "fr", "S'inscrire avec Google"],
    ["continue_with", "FR", "Continuer avec Google"],
    ["continue_with", "es-419", "Continuar con Google"],
    ["continue_with", "ar", "المتابعة باستخدام Google"],
    ["signin_with", "xx", "Sign in with Google"],
    ["signin_with", "__proto__", "Sign in with Google"],
  ])("says %p in %p: %p", async (text, hl, expected) => {
    expect(await readText({ text, hl })).toBe(expected);
  });

  test.each([
    ["de", "de"],
    ["en-US,de;q=0.5", "en"],
    ["xx, fr;q=0.5", "fr"],
    ["xx", "en"],
    ["", "en"],
  ])("follows the browser's language %p without a locale: %p", async (accepted, expected) => {
    const frame = await drawFrame({}, { "Accept-Language": accepted });
    expect(frame.documentElement.getAttribute("lang")).toBe(expected);
  });

  test("prefers the locale to the browser's language, also an unknown one", async () => {
    const german = { "Accept-Language": "de" };
    expect(await readText({ hl: "fr" }, german)).toBe("Se connecter avec Google");
    expect(await readText({ hl: "xx" }, german)).toBe("Sign in with Google");
  });

  test("reads from right to left in Arabic only", async () => {
    const direction = async (hl: string) =>
      (await drawFrame({ hl })).documentElement.getAttribute("dir");
    expect(await direction("ar")).toBe("rtl");
    expect(await direction("de")).toBe("ltr");
  });

  test("has a name also as an icon, which has no text and no width", async () => {
    const query = { type: "icon", text: "signin", width: "300", hl: "de" };
    const frame = await drawFrame(query);
    expect(one(frame, "button").getAttribute("aria-label")).toBe("Über Google anmelden");
    expect(frame.querySelector(".text")).toBeNull();
    expect(frame.body.hasAttribute("data-width")).toBe(false);
  });

  test("has Google's defaults for what is missing or unknown", async () => {
    const defaults = "standard outline large rectangular left";
    expect((await drawFrame({})).body.className).toBe(defaults);
    const unknown = { type: "x", theme: '"><b>', size: "huge", shape: "toString", width: "wide" };
    const frame = await drawFrame(unknown);
    expect(frame.body.className).toBe(defaults);
    expect(frame.body.hasAttribute("data-width")).toBe(false);
    expect(frame.querySelector("b")).toBeNull();
  });
});
