import type { Browser, Page } from "puppeteer-core";

import { visit } from "../chromium.ts";
import { setLook } from "./draw_state.ts";
import { type Look, SMALL, WIDE } from "./state.ts";

/** A state in one look, as a PNG in base64. */
export interface Picture extends Look {
  state: string;
  png: string;
}

/** Small enough for a repository, large enough to see what a page is about: the height of a picture, in pixels. */
const HEIGHT = 240;
const COLUMNS = 2;
const [GAP, CAPTION] = [12, 28];
const QUALITY = 70;

/** Pictures of a page that is there, in both schemes. */
export async function takePictures(page: Page, look: Omit<Look, "scheme">, state: string) {
  const pictures: Picture[] = [];
  for (const scheme of ["light", "dark"] as const) {
    await setLook(page, { ...look, scheme });
    const png = await page.screenshot({ encoding: "base64" });
    pictures.push({ ...look, scheme, state, png });
  }
  return pictures;
}

/** How large a sheet of that many states is, in pixels. */
export function sheetSize(states: number): [width: number, height: number] {
  const widths = [WIDE, SMALL].map(({ width, height }) => 2 * ((width / height) * HEIGHT + GAP));
  const width = widths.reduce((sum, one) => sum + one);
  const rows = Math.ceil(states / COLUMNS);
  return [Math.ceil(COLUMNS * width + GAP), rows * (HEIGHT + CAPTION + GAP) + GAP];
}

/** Draws all pictures on one sheet, the looks of a state beside each other: WebP. */
export async function drawSheet(browser: Browser, pictures: Picture[]): Promise<Uint8Array> {
  const states = Map.groupBy(pictures, ({ state }) => state);
  const [width, height] = sheetSize(states.size);
  let sheet: Uint8Array = new Uint8Array();
  await visit({ browser }, async ({ page }) => {
    await page.setViewport({ width, height });
    await page.setContent(`<style>
      body { display: grid; grid-template-columns: repeat(${COLUMNS}, max-content); gap: ${GAP}px;
        align-content: start; margin: ${GAP}px; background: #777; color: #fff; font: 600 16px/${CAPTION}px system-ui }
      figure { display: flex; flex-wrap: wrap; gap: 0 ${GAP}px; margin: 0 }
      figcaption { flex: 0 0 100% }
      img { block-size: ${HEIGHT}px }
      </style>${[...states].map(drawFigure).join("")}`);
    sheet = await page.screenshot({ type: "webp", quality: QUALITY });
  });
  return sheet;
}

function drawFigure([state, pictures]: [state: string, pictures: Picture[]]): string {
  const images = pictures.map(({ png }) => `<img src="data:image/png;base64,${png}">`);
  return `<figure><figcaption>${state.replaceAll("_", " ")}</figcaption>${images.join("")}</figure>`;
}
