import type { Page } from "puppeteer-core";

/** More stops than any page has that is not a long list. */
const MOST = 200;

/** Goes through the page by the Tab key, and tells where the focus cannot be seen. */
export async function findBadStops(page: Page, { isBackwards = false } = {}): Promise<string[]> {
  const bad: string[] = [];
  let hasEnd = false;
  if (isBackwards) await page.keyboard.down("Shift");
  for (let stops = 0; stops < MOST && !hasEnd; stops += 1) {
    await page.keyboard.press("Tab");
    let stop = await page.evaluate(readStop);
    if (stop?.fault && stop.name.startsWith("<iframe")) {
      await waitForScroll(page);
      stop = await page.evaluate(readStop);
    }
    // Behind the last one comes the browser's own window.
    hasEnd = stop === null;
    if (stop?.fault) bad.push(`${stop.fault}: ${stop.name}`);
  }
  if (isBackwards) await page.keyboard.up("Shift");
  if (!hasEnd) bad.push("2.1.2 the focus cannot leave the page");
  const positive = await page.$$eval("[tabindex]", (all) =>
    all
      .filter((element) => (element as HTMLElement).tabIndex > 0)
      .map(({ outerHTML }) => outerHTML),
  );
  return [...new Set([...bad, ...positive.map((html) => `2.4.3 an order of its own: ${html}`)])];
}

/** To a frame of another origin, Chromium scrolls a little later; if it does not, the stop is a bad one. */
async function waitForScroll(page: Page): Promise<void> {
  const isThere = () => {
    const box = document.activeElement?.getBoundingClientRect();
    return box && box.bottom > 0 && box.top < innerHeight;
  };
  await page.waitForFunction(isThere, { polling: 30, timeout: 2000 }).catch(() => {});
}

/** Runs in the page: the element with the focus, and what is wrong with how it is seen. */
function readStop(): { name: string; fault: string } | null {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const name = element.outerHTML.slice(0, 120);
  // Where a link reaches beyond itself, its ring does as well. Parts of others have a ring of the browser's.
  const rings = [getComputedStyle(element), getComputedStyle(element, "::after")];
  const hasRing = rings.some(
    ({ outlineStyle, outlineWidth }) =>
      outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2,
  );
  const hasParts = element.matches("iframe, [type=date]");
  if (!hasRing && !hasParts) return { name, fault: "2.4.7 no ring" };

  const box = element.getBoundingClientRect();
  const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)];
  const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)];
  if (right - left < 1 || bottom - top < 1) return { name, fault: "2.4.11 outside the window" };
  const shares = [0.1, 0.5, 0.9];
  const covers = shares.flatMap((across) =>
    shares.map((down) => {
      const over = document.elementFromPoint(
        left + (right - left) * across,
        top + (bottom - top) * down,
      );
      // A menu that a person has opened goes with Escape, without moving the focus.
      const isOwn = !over || element.contains(over) || over.contains(element);
      return isOwn || over.closest("[popover]") ? null : over.outerHTML.slice(0, 60);
    }),
  );
  const covered = covers.filter((cover) => cover !== null);
  // Of what is as high as the window, a part is enough.
  const isCovered =
    box.height > innerHeight / 2 ? covered.length === covers.length : covered.length;
  return { name, fault: isCovered ? `2.4.11 under ${covered[0]}` : "" };
}
