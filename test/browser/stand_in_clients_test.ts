import { expect, test } from "bun:test";

import { decodeJwt } from "jose";
import type { Page } from "puppeteer-core";

import { startGoogleStandIn } from "../../src/google_stand_in/server.ts";
import { ADA } from "../fixture.ts";
import { describeInChromium } from "./describe_in_chromium.ts";
import { signInAtStandIn, watchFedCm } from "./fedcm_steps.ts";
import { readScriptState } from "./google_page.ts";
import { startRelyingPage } from "./relying_page.ts";
import { startForAll } from "./start_for_tests.ts";
import { choose, clickGoogleButton, openChooser } from "./steps.ts";

const REPLACED = [/aborted/, /Not signed in with/, /Cancel prompt request ignored/];

/** What the callback of a client has told the page. */
interface Answer {
  callback: string;
  credential: string;
  state?: string;
}

describeInChromium("a client of Google's script", ({ visit }) => {
  const standIn = startForAll(() => startGoogleStandIn({ port: 0 }));
  const site = startForAll(() =>
    startRelyingPage(
      () => `
        <script>
          const list = (name, item) => {
            const items = JSON.parse(document.body.dataset[name] ?? "[]");
            document.body.dataset[name] = JSON.stringify([...items, item]);
          };
          const hear = (callback) => (response) => list("answers", { callback, ...response });
          const draw = (look) =>
            google.accounts.id.renderButton(document.getElementById("slot"), look ?? {});
        </script>
        <script src="${standIn.origin}/gsi/client" async
          onload="document.body.dataset.script = 'loaded'"></script>
        <div id="slot"></div>`,
    ),
  );

  /** Opens a page whose script has come, and runs `code` in it. */
  async function openPage(page: Page, code: string): Promise<void> {
    await page.goto(site.origin);
    expect(await readScriptState(page)).toBe("loaded");
    await page.evaluate(code);
  }

  async function readList<Item>(page: Page, name: string, count = 1): Promise<Item[]> {
    const found = await page.waitForFunction(
      (key, least) => {
        const items = JSON.parse(document.body.dataset[key] ?? "[]");
        return items.length >= least ? items : null;
      },
      { polling: 30 },
      name,
      count,
    );
    return (await found.jsonValue()) as Item[];
  }

  /** Signs Ada in by the button. Returns the callback that was called, the nonce and the audience. */
  async function signInByButton(page: Page) {
    await choose(await openChooser(page), ADA.email);
    const answers = await readList<Answer>(page, "answers");
    expect(answers).toHaveLength(1);
    const { callback = "", credential = "", state } = answers[0] ?? {};
    const { nonce, aud } = decodeJwt(credential);
    return { callback, nonce, aud, state };
  }

  test("keeps its button when another client follows", () =>
    visit(async ({ page }) => {
      await openPage(
        page,
        `google.accounts.id.initialize({ client_id: "first", nonce: "n1", callback: hear("first") });
         draw();
         google.accounts.id.initialize({ client_id: "second", nonce: "n2", callback: hear("second") });`,
      );
      const answer = await signInByButton(page);
      expect(answer).toEqual({ callback: "first", nonce: "n1", aud: "first", state: undefined });
    }));

  test("has the buttons that are drawn after it", () =>
    visit(async ({ page }) => {
      await openPage(
        page,
        `google.accounts.id.initialize({ client_id: "first", nonce: "n1", callback: hear("first") });
         draw();
         google.accounts.id.initialize({ client_id: "second", nonce: "n2", callback: hear("second") });
         draw();`,
      );
      expect(await signInByButton(page)).toMatchObject({ callback: "second", nonce: "n2" });
    }));

  // vue3-google-login initializes again, without a callback, after it has drawn the button.
  test("answers when a later client has no callback", () =>
    visit(async ({ page }) => {
      await openPage(
        page,
        `const client_id = "vue";
         google.accounts.id.initialize({ client_id, callback: hear("component") });
         draw();
         google.accounts.id.initialize({ client_id, callback: undefined });`,
      );
      expect(await signInByButton(page)).toMatchObject({ callback: "component", aud: "vue" });
    }));

  test("is not changed by what the page does to its options later", () =>
    visit(async ({ page }) => {
      await openPage(
        page,
        `const options = { client_id: "first", nonce: "n1", callback: hear("first") };
         google.accounts.id.initialize(options);
         options.nonce = "n2";
         draw();`,
      );
      expect(await signInByButton(page)).toMatchObject({ nonce: "n1" });
    }));

  test("gives way to the nonce and the state of a button", () =>
    visit(async ({ page }) => {
      await openPage(
        page,
        `google.accounts.id.initialize({
           client_id: "first", nonce: "n1", state: "s1", callback: hear("first"),
         });
         draw({ nonce: "n2", state: "s2" });`,
      );
      expect(await signInByButton(page)).toMatchObject({ nonce: "n2", state: "s2" });
    }));

  test("has the names that Google's script takes beside login_hint and hd", () =>
    visit(async ({ page }) => {
      await openPage(
        page,
        `google.accounts.id.initialize({
           client_id: "first", hosted_domain: "orbit.example", hint: "katherine@orbit.example",
           callback: hear("first"),
         });
         draw();`,
      );
      const chooser = await openChooser(page);
      const offered = await chooser.$$eval("main li button", (all) => all.map((one) => one.value));
      expect(offered).toEqual(["katherine@orbit.example"]);
      expect(new URL(chooser.url()).searchParams.get("login_hint")).toBe(offered[0] ?? "");
    }));

  test("keeps its mode and its login_uri", () =>
    visit(async ({ page }) => {
      await openPage(
        page,
        `google.accounts.id.initialize({
           client_id: "first", nonce: "n1", ux_mode: "redirect", login_uri: location.origin + "/login",
         });
         draw();
         google.accounts.id.initialize({ client_id: "second", callback: hear("second") });`,
      );
      await clickGoogleButton(page);
      await page.waitForSelector("main li button");
      await page.click(`button[value="${ADA.email}"]`);
      await page.waitForFunction(() => document.querySelector("h1")?.textContent === "Posted", {
        polling: 30,
      });
      const post = site.posts.at(-1);
      expect(post?.path).toBe("/login");
      expect(decodeJwt(post?.form.credential ?? "")).toMatchObject({ nonce: "n1", aud: "first" });
    }));

  test("cancels no prompt of an earlier client; its own prompt replaces it", () =>
    visit({ expected: REPLACED }, async ({ page }) => {
      await signInAtStandIn({ page, googleOrigin: standIn.origin }, ADA.email);
      const dialogs = await watchFedCm(page);
      await openPage(
        page,
        `const end = (name) => (moment) =>
           list("ends", name + " " + (moment.getDismissedReason() ?? moment.getMomentType()));
         google.accounts.id.initialize({ client_id: "first", nonce: "n1", callback: hear("first") });
         google.accounts.id.prompt(end("first"));
         google.accounts.id.initialize({ client_id: "second", nonce: "n2", callback: hear("second") });
         google.accounts.id.cancel();`,
      );
      await dialogs.selectAccount(ADA.email);
      expect(await readList<string>(page, "ends")).toEqual(["first credential_returned"]);
      await page.evaluate(`
        google.accounts.id.prompt(end("second"));
        google.accounts.id.initialize({ client_id: "third", nonce: "n3", callback: hear("third") });
        google.accounts.id.prompt(end("third"));`);
      await dialogs.selectAccount(ADA.email);
      expect((await readList<string>(page, "ends", 3)).slice(1)).toEqual([
        "second flow_restarted",
        "third credential_returned",
      ]);
      const answers = await readList<Answer>(page, "answers", 2);
      expect(answers.map(({ callback }) => callback)).toEqual(["first", "third"]);
    }));

  test("is found by libraries that wait for it", () =>
    visit(async ({ page }) => {
      await openPage(page, "");
      const read = () => page.evaluate("typeof window.__G_ID_CLIENT__");
      expect(await read()).toBe("undefined");
      await page.evaluate(`google.accounts.id.initialize({ client_id: "first" })`);
      expect(await read()).toBe("object");
      await page.evaluate(`google.accounts.id.setLogLevel("debug")`);
    }));

  test("has no access tokens, and says so without an exception", () =>
    visit({ expected: [/no access tokens/] }, async ({ page }) => {
      const warnings: string[] = [];
      page.on("console", (message) => warnings.push(message.text()));
      await openPage(
        page,
        `const { oauth2 } = google.accounts;
         const error_callback = ({ type }) => list("errors", type);
         const asked = { client_id: "first", scope: "openid", callback: hear("first") };
         oauth2.initTokenClient({ ...asked, error_callback }).requestAccessToken();
         oauth2.initCodeClient({ ...asked, error_callback }).requestCode();
         oauth2.initTokenClient(asked).requestAccessToken();
         list("errors", oauth2.hasGrantedAllScopes({}, "openid"));
         list("errors", oauth2.hasGrantedAnyScope({}, "openid"));
         oauth2.revoke("a token", ({ error }) => list("errors", error));`,
      );
      expect(await readList<unknown>(page, "errors")).toEqual([
        "unknown",
        "unknown",
        false,
        false,
        "invalid_token",
      ]);
      expect(warnings.filter((text) => text.includes("no access tokens"))).toHaveLength(6);
    }));
});
