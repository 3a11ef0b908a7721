import type { Page } from "puppeteer-core";

import { waitForFrames } from "./steps.ts";

/** Has each page that loads from now on note what moves in it. */
export async function recordShifts(page: Page): Promise<void> {
  await page.evaluateOnNewDocument(() => {
    const shifts: string[] = [];
    Object.assign(globalThis, { shifts });
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as LayoutShift[]) {
        const moved = entry.sources.map(({ node }) => node?.nodeName ?? "something gone");
        shifts.push(`${entry.value.toFixed(5)} ${moved.join(" ")}`);
      }
    });
    observer.observe({ type: "layout-shift", buffered: true });
  });
}

/** What moved until now: by how much, and what. */
export async function readShifts(page: Page): Promise<string[]> {
  await waitForFrames(page);
  return await page.evaluate(() => Reflect.get(globalThis, "shifts"));
}

/** An entry of type "layout-shift", which TypeScript's library does not know. */
interface LayoutShift extends PerformanceEntry {
  value: number;
  sources: { node: Node | null }[];
}
