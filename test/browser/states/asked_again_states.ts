import { ADA } from "../../fixture.ts";
import { pressButton, waitForHeadline } from "../steps.ts";
import { signInAs } from "./draw_state.ts";
import { MORNING } from "./scene.ts";
import type { Place, State } from "./state.ts";

const MINUTE_MS = 60_000;
const ASKED = "#sign_in_message [role=alert] a[data-step]";

/** An administrator whose sign-in is too old, or too weak, for what they want to do. */
export const ASKED_AGAIN_STATES: State[] = [
  {
    name: "admin_asked_again",
    path: "/spa/admin.people",
    arrange: signInBefore,
    reach: disableSomebody,
    shows: ASKED,
  },
  {
    name: "refused_weak_sign_in",
    path: "/admin/record?format=csv",
    arrange: (at) => signInAs(at, ADA, { amr: ["pwd"] }),
    shows: "#refusal_title",
  },
];

/** Eleven minutes ago, and active since. */
async function signInBefore(at: Place): Promise<void> {
  const { clock } = at.server;
  clock.now = MORNING - 11 * MINUTE_MS;
  const visitor = await signInAs(at, ADA, { amr: ["hwk"] });
  clock.now = MORNING - 5 * MINUTE_MS;
  await visitor.fragment("/htmx/account");
  clock.now = MORNING;
}

async function disableSomebody({ page }: Place): Promise<void> {
  const link = 'main tbody tr:not(:has(.badge)) a[href*="person="]';
  const name = await page.$eval(link, ({ textContent }) => textContent ?? "");
  await page.locator(link).click();
  await waitForHeadline(page, name);
  await pressButton(page, "Disable account");
  await page.waitForSelector(ASKED);
  // In a small window the button is further down, and the header covers a tab.
  await page.evaluate(() => scrollTo(0, 0));
}
