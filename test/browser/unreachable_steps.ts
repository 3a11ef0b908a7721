import { expect } from "bun:test";

import { lookFor, type Tab } from "./engine.ts";
import { readPath, readText } from "./engine_steps.ts";
import type { Failure, ProxiedServer } from "./proxy.ts";

const CLOSE = "#sign_in_message [role=alert] [aria-label='Close message']";
const UNREACHABLE = "We can’t reach Foyer. Check your connection.";

interface Attempt {
  server: ProxiedServer;
  failure: Failure;
  act: () => Promise<unknown>;
}

/** Does `act` while the proxy fails: everything stays, and a message offers to try again. Then the proxy works. */
export async function expectNothingLost(
  tab: Tab,
  { server, failure, act }: Attempt,
): Promise<void> {
  await waitForNoMessage(tab);
  const before = await tab.evaluate(describePage);
  server.fail(failure);
  await act();
  await waitForMessage(tab);
  expect(await tab.evaluate(describePage)).toEqual(before);
  server.heal();
  if (before.typed) return;
  // What the page has tried by itself it tries again by itself.
  if (await readText(tab, "#sign_in_message [role=alert]")) await tab.click(CLOSE);
  await comeBack(tab);
  await waitForNoMessage(tab);
}

/** As a person who comes back to the tab: failed parts are loaded at once, not after a pause. */
const comeBack = (tab: Tab) =>
  tab.evaluate(() => void document.dispatchEvent(new Event("visibilitychange")));

/** Runs in the page: what must stay. */
function describePage() {
  const part = (id: string) => document.getElementById(id);
  return {
    address: location.href,
    title: document.title,
    navbar: part("auth_navbar")?.textContent,
    content: part("content_section")?.textContent,
    typed: document.querySelector<HTMLInputElement>("#invitation_email")?.value ?? "",
    length: history.length,
  };
}

/** The document's title. */
export const readTitle = (tab: Tab) => tab.evaluate(() => document.title);

/** Runs in the page: what stands in the field of an invitation. */
export const typedText = () =>
  document.querySelector<HTMLInputElement>("form[hx-post] input")?.value;

/** Runs in the page: types an address into the field of an invitation. */
export function invite(form: string): void {
  const field = document.querySelector<HTMLInputElement>(`${form} input`);
  if (!field) throw new Error("There is no field");
  field.value = "grace@example.com";
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Sends a form as its button does. */
export const submit = (tab: Tab, form: string) =>
  tab.evaluate(
    (selector) => document.querySelector<HTMLFormElement>(selector)?.requestSubmit(),
    form,
  );

/** Has the page hear that somebody has signed in or out. */
export const announceChange = (tab: Tab) =>
  tab.evaluate(() => void document.dispatchEvent(new CustomEvent("LoginStatusChange")));

/** Waits until the page says that the application cannot be reached. */
export async function waitForMessage(tab: Tab): Promise<void> {
  await lookFor(
    async () => (await readText(tab, "#sign_in_message"))?.startsWith(UNREACHABLE),
    "There is no message",
  );
  expect(await readPath(tab)).toStartWith("/spa");
}

/** Waits until nothing is said any more. */
export async function waitForNoMessage(tab: Tab): Promise<void> {
  await lookFor(
    async () => (await readText(tab, "#sign_in_message")) === "",
    "The message has not gone",
  );
}
