import type { Page } from "puppeteer-core";

import { CLIENT_ID } from "../fixture.ts";
import { type RelyingPage, startRelyingPage } from "./relying_page.ts";

/** What Google's script has told the page. */
export interface Noted {
  responses: { credential: string; select_by: string; state?: string }[];
  moments: { type: string; notDisplayed?: string; skipped?: string; dismissed?: string }[];
}

/**
 * Serves a page with Google's HTML API. Each parameter of its address is an attribute of `#g_id_onload`; the
 * responses and moments that its two global functions get are in `data-` attributes of the body, as JSON.
 */
export function startGooglePage(google: { origin: string }): RelyingPage {
  return startRelyingPage((url) => drawGooglePage(url, google.origin));
}

function drawGooglePage({ searchParams }: URL, googleOrigin: string): string {
  const settings = { client_id: CLIENT_ID, nonce: "a nonce", auto_prompt: "false" };
  const attributes = Object.entries({ ...settings, ...Object.fromEntries(searchParams) });
  return `
    <script>
      const noted = { responses: [], moments: [] };
      function note(list, item) {
        noted[list].push(item);
        document.body.dataset[list] = JSON.stringify(noted[list]);
      }
      function hear(response) {
        note("responses", response);
      }
      function follow(moment) {
        note("moments", {
          type: moment.getMomentType(),
          notDisplayed: moment.getNotDisplayedReason(),
          skipped: moment.getSkippedReason(),
          dismissed: moment.getDismissedReason(),
        });
      }
    </script>
    <script src="${new URL("/gsi/client", googleOrigin).href}" async
      onload="document.body.dataset.script = 'loaded'"
      onerror="document.body.dataset.script = 'failed'"></script>
    <div id="g_id_onload" ${attributes.map(([name, value]) => `data-${name}="${value}"`).join(" ")}></div>
    <div class="g_id_signin" data-type="standard" data-state="the state"></div>`;
}

/** Waits until the page has been told `count` responses or moments, and answers with them. */
export async function readNoted<List extends keyof Noted>(
  page: Page,
  list: List,
  count = 1,
): Promise<Noted[List]> {
  const noted = await page.waitForFunction(
    (name, least) => {
      const items = JSON.parse(document.body?.dataset[name] ?? "[]");
      return items.length >= least ? items : null;
    },
    { polling: 30 },
    list,
    count,
  );
  return await noted.jsonValue();
}

/** Waits until Google's script has come, or failed. */
export async function readScriptState(page: Page): Promise<string> {
  const state = await page.waitForFunction(() => document.body?.dataset.script, { polling: 30 });
  return (await state.jsonValue()) ?? "";
}
