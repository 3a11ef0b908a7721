import { expect, test } from "bun:test";

import type { Frame, Page } from "puppeteer-core";

import { startGoogleStandIn } from "../../src/google_stand_in/server.ts";
import { ADA, GRACE } from "../fixture.ts";
import { describeInChromium } from "./describe_in_chromium.ts";
import { signInAtStandIn } from "./fedcm_steps.ts";
import { readNoted, startGooglePage } from "./google_page.ts";
import { startForEach } from "./start_for_tests.ts";
import { choose } from "./steps.ts";
import { launchWithThirdPartyCookies, removeFedCm } from "./third_party_cookies.ts";

const HOUR_MS = 3_600_000;
const DISPLAYED = { type: "display" };
const RETURNED = { type: "dismissed", dismissed: "credential_returned" };
const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:147.0) Gecko/20100101 Firefox/147.0";

interface State {
  i_p?: number;
  i_l: number;
  i_t?: number;
}

const TESTS = {
  name: "One Tap where the browser has no FedCM",
  launch: launchWithThirdPartyCookies,
};

describeInChromium(TESTS, ({ visit }) => {
  // Each test has people who have approved nothing yet.
  const standIn = startForEach(() => startGoogleStandIn({ port: 0 }));
  const site = startForEach(() => startGooglePage(standIn));

  const signInAda = (page: Page) =>
    signInAtStandIn({ page, googleOrigin: standIn.origin }, ADA.email);

  /** Opens a page that prompts at once. */
  async function openPrompting(page: Page, attributes: Record<string, string> = {}): Promise<void> {
    const names = { callback: "hear", moment_callback: "follow", auto_prompt: "true" };
    await page.goto(`${site.origin}/?${new URLSearchParams({ ...names, ...attributes })}`);
  }

  async function findCard(page: Page): Promise<Frame> {
    const frame = await page.waitForFunction(
      () => {
        const card = document.querySelector<HTMLIFrameElement>("#credential_picker_iframe");
        if (card && card.offsetHeight > 50) return card;
        const { moments = "" } = document.body?.dataset ?? {};
        return moments.includes("notDisplayed") ? moments : null;
      },
      { polling: 30 },
    );
    const card = await frame.asElement()?.contentFrame();
    if (!card) throw new Error(`There is no card: ${await frame.jsonValue()}`);
    return card;
  }

  async function press(page: Page, selector: string): Promise<void> {
    const card = await findCard(page);
    await card.waitForSelector(selector, { visible: true });
    // The click takes the frame away, and Chromium may then never say that the mouse is up again. So it comes after the
    // answer, and not from the mouse.
    await card.$eval(selector, (button) => {
      setTimeout(() => (button as HTMLElement).click());
    });
  }

  async function readState(page: Page): Promise<State> {
    const cookies = await page.browserContext().cookies();
    return JSON.parse(cookies.find(({ name }) => name === "g_state")?.value ?? "{}");
  }

  test("stays away where nobody is signed in", () =>
    visit(async ({ page }) => {
      await removeFedCm(page);
      await openPrompting(page);
      expect(await readNoted(page, "moments")).toEqual([
        { type: "display", notDisplayed: "opt_out_or_no_session" },
      ]);
    }));

  test("asks for the first consent, then for a choice, then for nothing, until after signing out", () =>
    visit(async ({ page }) => {
      await removeFedCm(page);
      await signInAda(page);
      const selectBy = async () => (await readNoted(page, "responses"))[0]?.select_by;
      await openPrompting(page, { auto_select: "true" });
      await press(page, `button[value="${ADA.email}"]`);
      expect(await selectBy()).toBe("user_1tap");
      expect(await readNoted(page, "moments", 2)).toEqual([DISPLAYED, RETURNED]);
      await openPrompting(page);
      await press(page, `button[value="${ADA.email}"]`);
      expect(await selectBy()).toBe("user");
      await openPrompting(page, { auto_select: "true" });
      expect(await selectBy()).toBe("auto");
      await page.evaluate(() => google.accounts.id.disableAutoSelect());
      expect((await readState(page)).i_t).toBeGreaterThan(Date.now() + 23 * HOUR_MS);
      await openPrompting(page, { auto_select: "true" });
      await press(page, `button[value="${ADA.email}"]`);
      expect(await selectBy()).toBe("user");
    }));

  test.each([
    [0, 2],
    [1, 24],
    [2, 7 * 24],
    [3, 28 * 24],
    [4, 28 * 24],
  ])("stays away when it was closed after %d times before: %d hours", (before, hours) =>
    visit(async ({ page }) => {
      await removeFedCm(page);
      await signInAda(page);
      const value = JSON.stringify({ i_l: before });
      await page.browserContext().setCookie({ name: "g_state", value, domain: "localhost" });
      await openPrompting(page);
      await press(page, "#close");
      const skipped = { type: "skipped", skipped: "user_cancel" };
      expect(await readNoted(page, "moments", 2)).toEqual([DISPLAYED, skipped]);
      const { i_p = 0, i_l } = await readState(page);
      expect(Math.round((i_p - Date.now()) / HOUR_MS)).toBe(hours);
      expect(i_l).toBe(Math.min(before + 1, 4));
      await page.reload();
      expect(await readNoted(page, "moments")).toEqual([
        { type: "display", notDisplayed: "suppressed_by_user" },
      ]);
    }),
  );

  test("goes when the page is clicked, when the page asks, and for the next prompt", () =>
    visit(async ({ page }) => {
      await removeFedCm(page);
      await signInAda(page);
      await openPrompting(page);
      await findCard(page);
      await page.mouse.click(10, 600);
      const tapped = { type: "skipped", skipped: "tap_outside" };
      expect(await readNoted(page, "moments", 2)).toEqual([DISPLAYED, tapped]);
      const prompt = () =>
        page.evaluate(() => google.accounts.id.prompt(Reflect.get(window, "follow")));
      await prompt();
      await findCard(page);
      await prompt();
      const restarted = { type: "dismissed", dismissed: "flow_restarted" };
      expect((await readNoted(page, "moments", 5)).slice(2)).toContainEqual(restarted);
      await findCard(page);
      await page.evaluate(() => google.accounts.id.cancel());
      const cancelled = { type: "dismissed", dismissed: "cancel_called" };
      expect((await readNoted(page, "moments", 6)).at(-1)).toEqual(cancelled);
      expect(await page.$("#credential_picker_iframe")).toBeNull();
    }));

  test("stays when the page is clicked, if the page wants that", () =>
    visit(async ({ page }) => {
      await removeFedCm(page);
      await signInAda(page);
      await openPrompting(page, { cancel_on_tap_outside: "false" });
      await findCard(page);
      await page.mouse.click(10, 600);
      await press(page, `button[value="${ADA.email}"]`);
      expect(await readNoted(page, "moments", 2)).toEqual([DISPLAYED, RETURNED]);
    }));

  test("tells when Google makes no token", () =>
    visit(async ({ page }) => {
      await removeFedCm(page);
      await signInAda(page);
      standIn.play({ answer: "server_error" });
      await openPrompting(page);
      await press(page, `button[value="${ADA.email}"]`);
      const failed = { type: "skipped", skipped: "issuing_failed" };
      expect(await readNoted(page, "moments", 2)).toEqual([DISPLAYED, failed]);
    }));

  test("goes on in a popup where frames are not told who is signed in", () =>
    visit(async ({ page }) => {
      await removeFedCm(page);
      await page.setUserAgent({ userAgent: FIREFOX });
      await openPrompting(page);
      const opened = new Promise<Page | null>((resolve) => page.once("popup", resolve));
      await press(page, "#continue");
      const popup = await opened;
      if (!popup) throw new Error("The account chooser has no page");
      await popup.waitForSelector("main li button");
      await choose(popup, GRACE.email);
      const [response] = await readNoted(page, "responses");
      expect(response?.select_by).toBe("itp_confirm_add_session");
      expect(await readNoted(page, "moments", 2)).toEqual([DISPLAYED, RETURNED]);
      await openPrompting(page, { itp_support: "false" });
      await press(page, `button[value="${GRACE.email}"]`);
      expect((await readNoted(page, "responses"))[0]?.select_by).toBe("user");
    }));

  test("is withdrawn by an account that revokes its consent", () =>
    visit(async ({ page }) => {
      await removeFedCm(page);
      await signInAda(page);
      await openPrompting(page);
      await press(page, `button[value="${ADA.email}"]`);
      await readNoted(page, "responses");
      const revoke = () =>
        page.evaluate(
          (hint) => new Promise((resolve) => google.accounts.id.revoke(hint, resolve)),
          ADA.sub,
        );
      expect(await revoke()).toEqual({ successful: true });
      expect(await revoke()).toEqual({ successful: false, error: "client_not_found" });
      await openPrompting(page);
      await press(page, `button[value="${ADA.email}"]`);
      expect((await readNoted(page, "responses"))[0]?.select_by).toBe("user_1tap");
    }));
});
