import type { ElementHandle, Frame, HTTPRequest, Page } from "puppeteer-core";

import { ADA } from "../fixture.ts";

/** The frame in which Google draws its button. */
export const GOOGLE_BUTTON =
  ":is(#auth_navbar, body:not(:has(#auth_navbar))) iframe[title='Sign in with Google Button']";

/** What opens the account menu. */
const ACCOUNT_BUTTON = '#auth_navbar [popovertarget="account_menu"]';

/** Polls instead of waiting for frames, as a tab behind another draws none. */
const POLLING = { polling: 30 };

const PATIENCE_MS = 10_000;

/** How long one frame may take to feel the pointer, in milliseconds. */
const FRAME_PATIENCE_MS = 3_000;

/** Opens `url`, and waits until the navigation bar and the content have come. */
export async function open(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await waitUntilLoaded(page);
}

/** Waits until the navigation bar and the content are there, no part is under way, and nothing fades any more. */
export async function waitUntilLoaded(page: Page): Promise<void> {
  await page.waitForFunction(isLoaded, POLLING);
}

/** Runs in the page: whether everything is there, and can be clicked; what fades cannot. */
export function isLoaded(): boolean {
  const fades = ":root:active-view-transition";
  if (CSS.supports(`selector(${fades})`) && document.querySelector(fades)) return false;
  return ["auth_navbar", "content_section"].every((id) => {
    const part = document.getElementById(id);
    return part && part.ariaBusy !== "true" && !part.classList.contains("htmx-request");
  });
}

/** Waits for the Google button, and answers with its frame: it can be clicked when it has its size. */
export async function findGoogleButton(page: Page, place = GOOGLE_BUTTON): Promise<Frame> {
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    const frame = await page.waitForFunction(
      (selector) => {
        const [only, ...others] = document.querySelectorAll<HTMLIFrameElement>(selector);
        return only && others.length === 0 && only.offsetWidth > 30 ? only : null;
      },
      POLLING,
      place,
    );
    // A navigation bar that has come anew meanwhile has another one.
    const content = await frame.asElement()?.contentFrame();
    if (content) return content;
  }
  throw new Error("The Google button has no frame");
}

/**
 * Clicks the Google button as soon as it can be clicked: that of the navigation bar, or the one at `place`. Answers with
 * its frame.
 */
export async function clickGoogleButton(page: Page, place = GOOGLE_BUTTON): Promise<Frame> {
  await page.bringToFront();
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const button = await findGoogleButton(page, place);
    if (await isSilent(button)) return await clickFromOutside(button);
    try {
      const click = pointAt(page, button).then(() => button.click("button"));
      await within(click, "The Google button does not feel the pointer", { ms: FRAME_PATIENCE_MS });
      return button;
    } catch (error) {
      // A navigation bar that came meanwhile has another button: a frame that is gone may answer nothing at all.
      if (Date.now() > deadline) throw error;
    }
  }
}

/** Whether Puppeteer has missed that the frame is there, so that it never answers: once in 150 runs on a busy machine. */
async function isSilent(frame: Frame): Promise<boolean> {
  const answers = frame.evaluate(() => false).catch(() => false);
  const silence = Bun.sleep(FRAME_PATIENCE_MS).then(() => !frame.detached);
  return await Promise.race([answers, silence]);
}

/** Clicks where the frame is on the page, which needs no answer from it. */
async function clickFromOutside(frame: Frame): Promise<Frame> {
  const element = await frame.frameElement();
  await element?.click();
  return frame;
}

/** Clicks the Google button, and waits for the account chooser. */
export async function openChooser(page: Page): Promise<Page> {
  const opened: (Page | null)[] = [];
  page.once("popup", (popup) => opened.push(popup));
  const deadline = Date.now() + PATIENCE_MS;
  while (opened.length === 0) {
    const button = await clickGoogleButton(page);
    // A click is lost where a new navigation bar takes its frame away: people click again, too.
    while (opened.length === 0 && !button.detached) {
      if (Date.now() > deadline) throw new Error("The account chooser did not open");
      await Bun.sleep(POLLING.polling);
    }
  }
  const [chooser] = opened;
  if (!chooser) throw new Error("The account chooser has no page");
  await chooser.waitForSelector("main li button");
  return chooser;
}

/**
 * Moves the pointer to the button until Google's frame feels it. A frame that was drawn just now misses clicks, as does one
 * whose window has just come to the front; then `:hover` may be what was felt before.
 */
async function pointAt(page: Page, button: Frame): Promise<void> {
  const deadline = Date.now() + FRAME_PATIENCE_MS;
  await button.evaluate(() => {
    delete document.body.dataset.felt;
    const feel = () => Object.assign(document.body.dataset, { felt: "yes" });
    document.addEventListener("mousemove", feel, { once: true });
  });
  while (!(await button.$("body[data-felt] button:hover"))) {
    if (Date.now() > deadline) throw new Error("The Google button does not feel the pointer");
    await page.mouse.move(0, 0);
    await button.hover("button");
  }
}

/** Waits until what has changed is on the screen. */
export async function waitForFrames(page: Page | Frame): Promise<void> {
  await page.evaluate(async () => {
    for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
  });
}

/** Chooses an account that the chooser lists; the chooser closes itself. */
export async function choose(chooser: Page, email: string): Promise<void> {
  const closed = new Promise((resolve) => chooser.once("close", resolve));
  await chooser.click(`button[value="${email}"]`);
  await within(closed, "The account chooser did not close");
}

/** Signs in with the Google button as somebody whom the chooser lists, and closes the message that says so. */
export async function signIn(page: Page, person = ADA): Promise<void> {
  await choose(await openChooser(page), person.email);
  await waitForPerson(page, person.name);
  const close = await page.waitForSelector("#sign_in_message .good [data-close]");
  await close?.evaluate((button) => (button as HTMLElement).click());
}

/** Waits until the navigation bar shows that `name` is signed in. */
export async function waitForPerson(page: Page, name: string): Promise<void> {
  await page.waitForFunction(
    (expected) => document.querySelector("#auth_navbar .person-name")?.textContent === expected,
    POLLING,
    name,
  );
  await waitUntilLoaded(page);
}

/** Signs out, and waits for the Google button. */
export async function signOut(page: Page): Promise<void> {
  await clickSignOut(page);
  await findGoogleButton(page);
  await waitUntilLoaded(page);
}

/** Opens the account menu, and clicks what signs out. */
export async function clickSignOut(page: Page): Promise<void> {
  await page.locator(ACCOUNT_BUTTON).click();
  await page.locator("#account_menu [hx-post]").click();
}

/** Opens the account menu. */
export async function openAccountMenu(page: Page): Promise<void> {
  await page.locator(ACCOUNT_BUTTON).click();
  await page.waitForSelector("#account_menu:popover-open");
}

/** Opens the account page by the account menu. */
export async function openAccount(page: Page): Promise<void> {
  await page.locator(ACCOUNT_BUTTON).click();
  await page.locator('#account_menu a[href="/spa/account"]').click();
}

/** Waits until the content's headline is `text`. */
export async function waitForHeadline(page: Page, text: string): Promise<void> {
  await page.waitForFunction(
    (expected) => document.querySelector("#content_section h1")?.textContent === expected,
    POLLING,
    text,
  );
  await waitUntilLoaded(page);
}

/** Waits for a message, other than that a person is being or has been signed in, and answers with it. */
export async function readMessage(page: Page): Promise<string> {
  const sentence = await page.waitForFunction(() => {
    const messages = document.getElementById("sign_in_message");
    const { signing_in: signingIn = "", signed_in: signedIn = "" } = messages?.dataset ?? {};
    const texts = [...(messages?.children ?? [])].map(({ textContent }) => textContent ?? "");
    const isPassing = (text: string) =>
      text === signingIn || text.startsWith(signedIn.replace("{name}", ""));
    return texts.filter((text) => !isPassing(text)).join("");
  }, POLLING);
  return String(await sentence.jsonValue());
}

/** Waits until a refused sign-in stands in the place of the sign-in card and has the focus. Answers with its title. */
export async function readRefusal(page: Page): Promise<string> {
  const title = await page.waitForFunction(() => {
    const heading = document.querySelector("#sign_in[data-refusal] h2");
    return document.activeElement === heading && heading?.textContent;
  }, POLLING);
  return String(await title.jsonValue());
}

/** Has `act` decide about each request of the page from now on: one that nobody answers would hang. */
export async function intercept(page: Page, act: (request: HTTPRequest) => void): Promise<void> {
  // Before the interception begins: a request may come while it does. Those before it are not asked about.
  page.on("request", (request) => {
    if (request.interceptResolutionState().action !== "disabled") act(request);
  });
  await page.setRequestInterception(true);
}

/** Text of an element, without the spaces around it. */
export async function readText(page: Page, selector: string): Promise<string> {
  return await page.$eval(selector, (element) => element.textContent?.trim() ?? "");
}

/** How many elements match. */
export async function count(page: Page, selector: string): Promise<number> {
  return (await page.$$(selector)).length;
}

async function within<T>(
  event: Promise<T>,
  complaint: string,
  { ms = PATIENCE_MS } = {},
): Promise<T> {
  const tooLate = Bun.sleep(ms).then(() => {
    throw new Error(complaint);
  });
  return await Promise.race([event, tooLate]);
}

/** Moves the page's clock on, as if the machine had slept. */
export async function passTime(page: Page, ms: number): Promise<void> {
  await page.evaluate((passed) => {
    const { now } = Date;
    Date.now = () => now() + passed;
  }, ms);
}

/** Presses the button of the content that reads `text`, as soon as it can be seen. */
export async function pressButton(page: Page, text: string): Promise<void> {
  const found = await page.waitForFunction(
    (wanted) =>
      [...document.querySelectorAll("main button")].find(
        (button) => button.textContent?.trim() === wanted && button.checkVisibility(),
      ),
    POLLING,
    text,
  );
  await (found as ElementHandle<Element>).click();
}
