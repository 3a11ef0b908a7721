import type { Page } from "puppeteer-core";

/** What a person looks for: controls and their edges, icons, badges, marks. */
const SEEN =
  "main svg, header svg, .button, .tabs a, input, select, summary, .badge, [aria-current]";

/** Of two colors, for what is no text. @see https://www.w3.org/TR/WCAG22/#non-text-contrast */
const LEAST = 3;

/** A part of the page, in pixels of the window. */
interface Box {
  name: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Which controls and icons in the window do not stand out from what is around them, as `canvas`, a blank page, sees. */
export async function findUnseen(page: Page, canvas: Page): Promise<string[]> {
  const boxes = await page.evaluate(readBoxes, SEEN);
  if (boxes.length === 0) throw new Error("There is nothing to see");
  const png = await page.screenshot({ encoding: "base64" });
  const unseen = await canvas.evaluate(measure, { url: `data:image/png;base64,${png}`, boxes });
  return unseen
    .filter(({ ratio }) => ratio < LEAST)
    .map(({ name, ratio }) => `1.4.11 ${ratio.toFixed(2)}:1 ${name}`);
}

/** Runs in the page: where everything is that is not under something else. */
function readBoxes(selector: string): Box[] {
  return [...document.querySelectorAll(selector)].flatMap((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    const isInWindow = x >= 1 && y >= 1 && x + width < innerWidth && y + height < innerHeight;
    if (!element.checkVisibility() || !isInWindow || width < 2 || height < 2) return [];
    const over = document.elementFromPoint(x + width / 2, y + height / 2);
    if (!over || !(element.contains(over) || over.contains(element))) return [];
    return [
      {
        name: element.outerHTML.slice(0, 100),
        x: x - 1,
        y: y - 1,
        width: width + 2,
        height: height + 2,
      },
    ];
  });
}

/** Runs in the blank page: the contrast of the lightest and the darkest color of each box. */
async function measure({ url, boxes }: { url: string; boxes: Box[] }) {
  // An image element of a page in the background may wait for a frame.
  const image = await createImageBitmap(await (await fetch(url)).blob());
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("There is nothing to paint on");
  context.drawImage(image, 0, 0);
  const light = Array.from({ length: 256 }, (_, byte) =>
    byte <= 10 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4,
  );
  return boxes.map(({ name, x, y, width, height }) => {
    const { data } = context.getImageData(x, y, width, height);
    let [least, most] = [1, 0];
    for (let at = 0; at < data.length; at += 4) {
      const [red = 0, green = 0, blue = 0] = [0, 1, 2].map((part) => light[data[at + part] ?? 0]);
      const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
      least = Math.min(least, luminance);
      most = Math.max(most, luminance);
    }
    return { name, ratio: (most + 0.05) / (least + 0.05) };
  });
}
