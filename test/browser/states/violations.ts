import axe from "axe-core";
import type { Page } from "puppeteer-core";

/** What axe objects to, the content of Google's frame aside; with `isOnlyColor`, in the colors. */
export async function findViolations(
  page: Page,
  { isOnlyColor = false }: { isOnlyColor?: boolean } = {},
): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe.source);
  const violations = await page.evaluate(async (onlyColor) => {
    const { axe } = globalThis as unknown as { axe: typeof import("axe-core") };
    // Asked for by WCAG 2.2 and 2.1, and not by default.
    const byWcag = {
      "target-size": { enabled: true },
      "label-content-name-mismatch": { enabled: true },
    };
    const options: import("axe-core").RunOptions = {
      iframes: false,
      preload: false,
      ...(onlyColor ? { runOnly: ["color-contrast", "link-in-text-block"] } : { rules: byWcag }),
    };
    return (await axe.run(document, options)).violations;
  }, isOnlyColor);
  return violations.map(
    ({ id, nodes }) => `axe ${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(" ")}`,
  );
}
