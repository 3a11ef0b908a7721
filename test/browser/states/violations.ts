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
    const options: import("axe-core").RunOptions = {
      iframes: false,
      preload: false,
      // Targets of 24 pixels are asked for by WCAG 2.2, and not by default.
      ...(onlyColor ? { runOnly: ["cat.color"] } : { rules: { "target-size": { enabled: true } } }),
    };
    return (await axe.run(document, options)).violations;
  }, isOnlyColor);
  return violations.map(
    ({ id, nodes }) => `axe ${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(" ")}`,
  );
}
