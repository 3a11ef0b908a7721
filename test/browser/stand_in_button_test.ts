import { expect, test } from "bun:test";

import type { Page } from "puppeteer-core";

import { startGoogleStandIn } from "../../src/google_stand_in/server.ts";
import { describeInChromium } from "./describe_in_chromium.ts";
import { startRelyingPage } from "./relying_page.ts";
import { startForAll, startForEach } from "./start_for_tests.ts";
import { clickGoogleButton, GOOGLE_BUTTON, openChooser } from "./steps.ts";

type Look = Record<string, string | number>;

describeInChromium("Google's button", ({ visit }) => {
  const standIn = startForAll(() => startGoogleStandIn({ port: 0 }));
  const held = startForEach(() => startGoogleStandIn({ port: 0 }));

  /** A page that draws a button for each of the looks in its address, one after another in its own box. */
  const site = startForAll(() =>
    startRelyingPage(({ searchParams }) => {
      const {
        google = standIn.origin,
        looks = "[]",
        hl = "",
        html = "",
      } = Object.fromEntries(searchParams);
      return `
        <style>body { margin: 30px } div.slot { display: flow-root; width: max-content; margin: 10px }</style>
        <script>
          const looks = ${looks};
          let clicks = 0;
          function onClick(...clicked) {
            clicks += 1;
            document.body.dataset.clicks = clicks;
            document.body.dataset.clicked = JSON.stringify(clicked);
          }
          onGoogleLibraryLoad = () => {
            google.accounts.id.initialize({ client_id: "c", nonce: "n" });
            for (const { click_listener, ...look } of looks) {
              const slot = document.createElement("div");
              slot.className = "slot";
              document.body.append(slot);
              const listener = click_listener ? { click_listener: onClick } : {};
              google.accounts.id.renderButton(slot, { ...look, ...listener });
            }
          };
        </script>
        ${html}
        <script src="${google}/gsi/client${hl && `?hl=${hl}`}" async></script>`;
    }),
  );

  async function openButtons(page: Page, looks: Look[], query: Record<string, string> = {}) {
    const all = { looks: JSON.stringify(looks), ...query };
    await page.goto(`${site.origin}/?${new URLSearchParams(all)}`);
    await page.waitForFunction(
      (selector, count) => {
        const frames = [...document.querySelectorAll<HTMLElement>(selector)];
        return frames.length === count && frames.every(({ offsetWidth }) => offsetWidth > 20);
      },
      { polling: 30 },
      GOOGLE_BUTTON,
      looks.length,
    );
  }

  /** The sizes of the slots, which are those of the buttons, and of the frames, in pixels. */
  async function measure(page: Page) {
    const [slots, frames] = await page.evaluate(
      (...selectors) =>
        selectors.map((selector) =>
          [...document.querySelectorAll<HTMLElement>(selector)].map(
            ({ offsetWidth, offsetHeight }) => [offsetWidth, offsetHeight] as const,
          ),
        ),
      "div.slot",
      GOOGLE_BUTTON,
    );
    return { slots: slots ?? [], frames: frames ?? [] };
  }

  /**
   * Opens what each frame shows, one after another, and calls `read` there: while a page has many frames of another
   * site, puppeteer at times never finds its way into one.
   */
  async function readFrames<Found>(page: Page, read: () => Found): Promise<Found[]> {
    const urls = await page.$$eval(GOOGLE_BUTTON, (frames) =>
      frames.map((frame) => (frame as HTMLIFrameElement).src),
    );
    const found: Found[] = [];
    for (const url of urls) {
      const alone = new URL(url);
      alone.searchParams.set("origin", standIn.origin);
      await page.goto(alone.href);
      found.push((await page.evaluate(read)) as Found);
    }
    return found;
  }

  const readTexts = (page: Page) =>
    readFrames(page, () => document.querySelector("button")?.textContent?.trim());

  test("is 40, 32 or 20 pixels high; an icon is as wide as high", () =>
    visit(async ({ page }) => {
      const sizes = ["large", "medium", "small"];
      await openButtons(page, [
        ...sizes.map((size) => ({ size })),
        ...sizes.map((size) => ({ size, type: "icon", theme: "filled_blue", width: 300 })),
        ...sizes.map((size) => ({ size, theme: "filled_black", shape: "pill" })),
      ]);
      const { slots, frames } = await measure(page);
      expect(slots.map(([, height]) => height)).toEqual([40, 32, 20, 40, 32, 20, 40, 32, 20]);
      expect(slots.slice(3, 6)).toEqual([
        [40, 40],
        [32, 32],
        [20, 20],
      ]);
      // The frame is larger than the button, and takes no more room than it.
      expect(frames).toEqual(slots.map(([width]) => [width + 20, 44]));
      expect(await readFrames(page, readButtonSize)).toEqual(slots.map((size) => [...size]));
    }));

  test("has its size also below what the window shows", () =>
    visit(async ({ page }) => {
      await openButtons(page, [...Array(20).fill({ width: 200 }), { width: 250 }]);
      expect((await measure(page)).slots.at(-1)).toEqual([250, 40]);
    }));

  test("is as wide as its text needs, or as the page wants, up to 400 pixels", () =>
    visit({ expected: [/button width is invalid: (100%|wide|-5)/] }, async ({ page }) => {
      const widths = [300, "300", "300px", 400, 1000, 40, "", "100%", "wide", -5];
      await openButtons(page, [{}, ...widths.map((width) => ({ width }))]);
      const [natural = 0, ...others] = (await measure(page)).slots.map(([width]) => width);
      expect(natural).toBeGreaterThan(150);
      expect(natural).toBeLessThan(230);
      expect(others.slice(0, 5)).toEqual([300, 300, 300, 400, 400]);
      expect(others.slice(5)).toEqual(Array(5).fill(natural));
    }));

  test("says what the page wants, in its language", () =>
    visit(async ({ page }) => {
      await openButtons(page, [
        { text: "continue_with" },
        { text: "signup_with", locale: "de" },
        { text: "signin", locale: "es_ES" },
        { locale: "ar", width: 400 },
        { locale: "xx" },
        { type: "icon", locale: "de" },
      ]);
      expect(await readTexts(page)).toEqual([
        "Continue with Google",
        "Über Google registrieren",
        "Iniciar sesión",
        "تسجيل الدخول باستخدام Google",
        "Sign in with Google",
        "",
      ]);
    }));

  test("has the language of the script where it has none of its own", () =>
    visit(async ({ page }) => {
      await openButtons(page, [{}, { locale: "de" }], { hl: "fr" });
      expect(await readTexts(page)).toEqual(["Se connecter avec Google", "Über Google anmelden"]);
    }));

  test("has its logo on the left, in the middle, or in Arabic on the right", () =>
    visit(async ({ page }) => {
      const width = 400;
      await openButtons(page, [
        { width },
        { width, logo_alignment: "center" },
        { width, locale: "ar" },
      ]);
      const positions = await readFrames(page, () => {
        const [button, logo] = ["button", "svg"].map((selector) =>
          document.querySelector(selector)?.getBoundingClientRect(),
        );
        return Math.round((logo?.x ?? 0) - (button?.x ?? 0));
      });
      const [left = 0, middle = 0, right = 0] = positions;
      expect(left).toBe(13);
      expect(middle).toBeGreaterThan(80);
      expect(middle).toBeLessThan(200);
      expect(right).toBe(400 - 13 - 18);
    }));

  test("tells the page that it was clicked, with its nonce and state", () =>
    visit(async ({ page }) => {
      await openButtons(page, [{ click_listener: 1, state: "s" }]);
      await openChooser(page);
      expect(await readClicked(page)).toEqual([{ nonce: "n", state: "s" }]);
      expect(await page.evaluate(() => document.body.dataset.clicks)).toBe("1");
    }));

  test("calls the global function that its attribute names", () =>
    visit(async ({ page }) => {
      const html = `
        <div id="g_id_onload" data-client_id="c" data-nonce="html" data-auto_prompt="false"></div>
        <div class="g_id_signin" data-width="300px" data-click_listener="onClick"></div>`;
      await page.goto(`${site.origin}/?${new URLSearchParams({ html })}`);
      await openChooser(page);
      expect(await readClicked(page)).toEqual([{ nonce: "html" }]);
      expect((await measure(page)).frames).toEqual([[320, 44]]);
    }));

  test("tells the page that it was clicked also if the popup is blocked", () =>
    visit({ expected: [/Failed to open popup window/] }, async ({ page }) => {
      held.play({ popup: "blocked" });
      await openButtons(page, [{ click_listener: 1 }], { google: held.origin });
      await clickGoogleButton(page);
      expect(await readClicked(page)).toEqual([{ nonce: "n" }]);
      expect(await page.browserContext().pages()).toHaveLength(1);
    }));

  async function readClicked(page: Page): Promise<unknown> {
    const clicked = await page.waitForFunction(() => document.body.dataset.clicked, {
      polling: 30,
    });
    return JSON.parse((await clicked.jsonValue()) ?? "");
  }
});

/** Runs in the button's frame: its size in whole pixels. */
function readButtonSize(): number[] {
  const size = document.querySelector("button")?.getBoundingClientRect();
  return [Math.ceil(size?.width ?? 0), size?.height ?? 0];
}
