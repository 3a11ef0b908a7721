import type { ElementHandle, Page } from "puppeteer-core";

import { GRACE } from "../fixture.ts";
import { REFUSED } from "./chromium.ts";
import type { SharedChromium } from "./describe_in_chromium.ts";
import type { OwnServer } from "./own_server.ts";
import { open, signIn, waitForHeadline, waitUntilLoaded } from "./steps.ts";

/** The page that the menu leads administrators to. */
export const ADMIN_PATH = "/spa/admin";

const POLLING = { polling: 30 };
const CONFLICT = /^error: Failed to load resource: .* status of (400|404|409) /;

/** Ada, an administrator, and Grace, each in a browser of her own. */
export interface AdminScene {
  ada: Page;
  grace: Page;
  graceId: string;
  openPerson(page: Page, id?: string, name?: string): Promise<void>;
}

/** Runs `act` with Ada and Grace signed in. */
export function withAdmin(
  { visit }: SharedChromium,
  { server, act }: { server: OwnServer; act: (scene: AdminScene) => Promise<void> },
) {
  const expected = [REFUSED, CONFLICT];
  return () =>
    visit({ expected }, ({ page: grace }) =>
      visit({ expected }, async ({ page: ada }) => {
        await open(grace, `${server.origin}/spa`);
        await signIn(grace, GRACE);
        await open(ada, `${server.origin}/spa`);
        await signIn(ada);
        const [found] = await server.foyer.store.findPeopleByEmail(GRACE.email);
        const graceId = found?.id ?? "";
        const openPerson = async (page: Page, id = graceId, name = GRACE.name) => {
          await open(page, `${server.origin}${ADMIN_PATH}.people?person=${id}`);
          await waitForHeadline(page, name);
        };
        await act({ ada, grace, graceId, openPerson });
      }),
    );
}

/** Waits until the newest event of the person's history is `what`. */
export async function waitForHistory(page: Page, what: string): Promise<void> {
  await page.waitForFunction(
    (wanted) => document.querySelector("main tbody [scope=row]")?.textContent?.trim() === wanted,
    POLLING,
    what,
  );
  await waitUntilLoaded(page);
}

/** Opens a page of administrators by its tab. */
export async function openTab(page: Page, title: string): Promise<void> {
  await followLink(page, title);
  await waitForHeadline(page, title);
}

/** Clicks the link of the page that reads `text`. */
export async function followLink(page: Page, text: string): Promise<void> {
  await waitUntilLoaded(page);
  const link = await page.waitForFunction(
    (wanted) =>
      [...document.querySelectorAll("main a")].find((a) => a.textContent?.trim() === wanted),
    POLLING,
    text,
  );
  await (link as ElementHandle<Element>).click();
}

/** Waits until the list of people says that it shows `text`. */
export async function waitForCount(page: Page, text: string): Promise<void> {
  await page.waitForFunction(
    (wanted) => document.querySelector("#people_count")?.textContent === wanted,
    POLLING,
    text,
  );
  await waitUntilLoaded(page);
}

/** Waits until a message contains `text`. */
export async function waitForMessage(page: Page, text: string): Promise<void> {
  await page.waitForFunction(
    (wanted) => document.getElementById("sign_in_message")?.textContent?.includes(wanted),
    POLLING,
    text,
  );
}

/** Waits until the element with this id has the focus. */
export async function waitForFocus(page: Page, id: string): Promise<void> {
  await page.waitForFunction((wanted) => document.activeElement?.id === wanted, POLLING, id);
}
