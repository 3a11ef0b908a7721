import type { Page } from "puppeteer-core";

import { waitForFrames } from "../steps.ts";
import { waitForPictures } from "./draw_state.ts";
import type { State } from "./state.ts";

/** The default size of text of browsers, in pixels. */
const TEXT = 16;

/** What a person may set to read more easily. @see https://www.w3.org/TR/WCAG22/#text-spacing */
const SPACING =
  "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-block-end: 2em !important }";

/** The narrowest window that a page is made for, and the width of a phone, in pixels. */
const [NARROWEST, PHONE] = [320, 360];

/** Where the page does not fit when it is magnified until only 320 pixels of it are as wide as the window. */
export async function findReflow(page: Page, state: State): Promise<string[]> {
  await setWidth(page, { width: NARROWEST, state });
  return await readMisfits(page, "1.4.10 reflow");
}

/** Where the page does not fit with more space in its text, and with text of twice the size. */
export async function findMisfits(page: Page, state: State): Promise<string[]> {
  await setWidth(page, { width: NARROWEST, state });
  await setSpacing(page, SPACING);
  const misfits = await readMisfits(page, "1.4.12 text spacing");
  await setSpacing(page, "");
  await setTextSize(page, TEXT * 2);
  await setWidth(page, { width: PHONE, state });
  misfits.push(...(await readMisfits(page, "1.4.4 text of 200 %")));
  await setTextSize(page, TEXT);
  return misfits;
}

async function setWidth(page: Page, { width, state }: { width: number; state: State }) {
  await page.setViewport({ width, height: 640 });
  await waitForFrames(page);
  // Google's button is drawn for its place.
  await waitForPictures(page, state);
}

/** As in the browser's settings: queries of the width in em follow. */
async function setTextSize(page: Page, standard: number): Promise<void> {
  const session = await page.createCDPSession();
  await session.send("Page.setFontSizes", { fontSizes: { standard, fixed: standard } });
  await session.detach();
}

/** Adds a stylesheet as extensions do, past the page's policy. */
async function setSpacing(page: Page, css: string): Promise<void> {
  await page.evaluate((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    document.adoptedStyleSheets = [sheet];
  }, css);
}

/** What is wider than the window, cut, or under another control. */
async function readMisfits(page: Page, where: string): Promise<string[]> {
  await waitForFrames(page);
  const misfits = await page.evaluate(() => {
    const found: string[] = [];
    const name = (element: Element) => element.outerHTML.slice(0, 100);
    const isHeardOnly = (element: Element) => getComputedStyle(element).clipPath === "inset(50%)";
    const linesOf = (element: Element) => [...element.getClientRects()];
    const isOver = (one: Element, other: Element) =>
      linesOf(one).some((box) =>
        linesOf(other).some(({ left, right, top, bottom }) => {
          const across = Math.min(box.right, right) - Math.max(box.left, left);
          return across > 1 && Math.min(box.bottom, bottom) - Math.max(box.top, top) > 1;
        }),
      );
    const wide = document.documentElement.scrollWidth - innerWidth;
    if (wide > 0) found.push(`${wide} px too wide`);

    for (const element of document.body.querySelectorAll<HTMLElement>("*")) {
      const { overflowX, overflowY } = getComputedStyle(element);
      const isCut =
        (/hidden|clip/.test(overflowX) && element.scrollWidth > element.clientWidth + 1) ||
        (/hidden|clip/.test(overflowY) && element.scrollHeight > element.clientHeight + 1);
      if (isCut && !isHeardOnly(element)) found.push(`cut: ${name(element)}`);
    }

    const PLACES = "header, main, footer, dialog, [popover], .message";
    const controls = [
      ...document.querySelectorAll<HTMLElement>("a, button, input, select, summary, iframe"),
    ].filter((control) => control.checkVisibility() && !isHeardOnly(control));
    for (const [place, group] of Map.groupBy(controls, (control) => control.closest(PLACES))) {
      if (!place) continue;
      for (const [number, one] of group.entries()) {
        const { left, right } = one.getBoundingClientRect();
        if (left < -1 || right > innerWidth + 1) found.push(`outside: ${name(one)}`);
        for (const other of group.slice(number + 1)) {
          if (isOver(one, other)) found.push(`${name(one)} lies over ${name(other)}`);
        }
      }
    }
    return found;
  });
  return misfits.map((misfit) => `${where}: ${misfit}`);
}
