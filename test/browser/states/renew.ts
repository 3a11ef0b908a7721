import { mkdirSync, rmSync } from "node:fs";

import type { Browser } from "puppeteer-core";

import { visit } from "../chromium.ts";
import { readTree, treeFile, TREES } from "./accessibility_tree.ts";
import { drawSheet, type Picture, takePictures } from "./contact_sheet.ts";
import { drawState } from "./draw_state.ts";
import { startScene } from "./scene.ts";
import { EXPECTED, SMALL, WIDE } from "./state.ts";
import { STATES } from "./states.ts";

/** Draws every state anew: writes its accessibility tree, and answers with the sheet of all pictures. */
export async function renewStates(browser: Browser): Promise<Uint8Array> {
  rmSync(TREES, { recursive: true, force: true });
  mkdirSync(TREES);
  const pictures: Picture[] = [];
  for (const group of Object.values(STATES)) {
    const server = await startScene();
    for (const state of group) {
      for (const size of [WIDE, SMALL]) {
        await visit({ browser, expected: EXPECTED }, async ({ page }) => {
          await drawState({ page, server }, { state, look: { ...size, scheme: "light" } });
          if (size === WIDE) await Bun.write(treeFile(state.name), await readTree(page));
          pictures.push(...(await takePictures(page, size, state.name)));
        });
      }
    }
    await server.stop();
  }
  return await drawSheet(browser, pictures);
}
