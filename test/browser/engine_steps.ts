import type { StandInPerson } from "../../src/google_stand_in/people.ts";
import { lookFor, type Tab } from "./engine.ts";
import { GOOGLE_BUTTON, isLoaded } from "./steps.ts";

// What people do, in any engine; steps.ts has the same for Puppeteer alone.

/** Opens `address`, and waits until the navigation bar and the content have come. */
export async function openPage(tab: Tab, address: string): Promise<void> {
  await tab.open(address);
  await waitUntilLoaded(tab);
}

/** Reloads the page, and waits as {@linkcode openPage} does. */
export async function reloadPage(tab: Tab): Promise<void> {
  await tab.reload();
  await waitUntilLoaded(tab);
}

/** Goes back or forward in the tab's history; what comes then is to be waited for. */
export async function goBy(tab: Tab, delta: -1 | 1): Promise<void> {
  await tab.evaluate((steps) => history.go(steps), delta);
}

/** Waits until the navigation bar and the content are there, and no part is under way. */
async function waitUntilLoaded(tab: Tab): Promise<void> {
  await lookFor(() => tab.evaluate(isLoaded), "The page's parts have not come");
}

/** Waits until the navigation bar shows that `name` is signed in. */
export async function waitForPerson(tab: Tab, name: string): Promise<void> {
  await waitForText(tab, { selector: "#auth_navbar .person-name", text: name });
}

/** Waits until the content's headline is `text`. */
export async function waitForHeadline(tab: Tab, text: string): Promise<void> {
  await waitForText(tab, { selector: "#content_section h1", text });
}

async function waitForText(
  tab: Tab,
  { selector, text }: { selector: string; text: string },
): Promise<void> {
  const read = { found: "", message: "" };
  await lookFor(
    async () => {
      read.found = (await readText(tab, selector)) ?? "nothing";
      read.message = (await readText(tab, "#sign_in_message")) ?? "";
      return read.found === text;
    },
    () => `${selector} reads "${read.found}" instead of "${text}". Message: "${read.message}"`,
  );
  await waitUntilLoaded(tab);
}

/** Text of an element, or `undefined` if there is none. */
export async function readText(tab: Tab, selector: string): Promise<string | undefined> {
  const text = await tab.evaluate(
    (wanted) => document.querySelector(wanted)?.textContent?.trim() ?? null,
    selector,
  );
  return text ?? undefined;
}

/** The path of the page that the tab shows. */
export async function readPath(tab: Tab): Promise<string> {
  return await tab.evaluate(() => location.pathname);
}

/** All of the page as HTML. */
export async function readHtml(tab: Tab): Promise<string> {
  return await tab.evaluate(() => document.documentElement.outerHTML);
}

/** Waits until there is exactly one Google button, of a size that can be clicked. */
export async function waitForGoogleButton(tab: Tab): Promise<void> {
  const isThere = (selector: string) => {
    const [only, ...others] = document.querySelectorAll<HTMLIFrameElement>(selector);
    return only !== undefined && others.length === 0 && only.offsetWidth > 30;
  };
  await lookFor(() => tab.evaluate(isThere, GOOGLE_BUTTON), "There is no Google button");
  await waitUntilLoaded(tab);
}

/** Clicks the Google button, as soon as it can be clicked. */
export async function clickGoogleButton(tab: Tab): Promise<void> {
  await tab.show();
  await waitForGoogleButton(tab);
  await tab.clickInFrame("button", GOOGLE_BUTTON);
}

/** Chooses somebody in Google's account chooser, in a window of its own or in the tab. */
export async function choose(chooser: Tab, { email }: StandInPerson): Promise<void> {
  const button = `button[value="${email}"]`;
  // A window that opens grows, and a click at the old place would choose another person.
  const place = (selector: string) => {
    const box = document.querySelector(selector)?.getBoundingClientRect();
    return box ? `${box.top} ${innerWidth} ${innerHeight}` : "";
  };
  let before = "";
  await lookFor(async () => {
    const now = await chooser.evaluate(place, button);
    const isStill = now !== "" && now === before;
    before = now;
    return isStill;
  }, "The account chooser does not stand still");
  await chooser.click(button);
}

/** Signs in with the Google button and its popup. */
export async function signIn(tab: Tab, person: StandInPerson): Promise<void> {
  const chooser = await tab.popup(() => clickGoogleButton(tab));
  await choose(chooser, person);
  await lookFor(() => chooser.isClosed(), "The account chooser did not close");
  await waitForPerson(tab, person.name);
  await closeDoneMessage(tab);
}

/** Closes the message that says who is signed in: while it is there, the page is longer. */
async function closeDoneMessage(tab: Tab): Promise<void> {
  const close = () => {
    const button = document.querySelector<HTMLElement>("#sign_in_message .good [data-close]");
    button?.click();
    return button !== null;
  };
  await lookFor(() => tab.evaluate(close), "Nobody says who is signed in");
}

/** Signs out, and waits for the Google button. */
export async function signOut(tab: Tab): Promise<void> {
  await tab.click("[popovertarget=account_menu]");
  await tab.click("#account_menu [hx-post]");
  await waitForGoogleButton(tab);
}
