import { expect, test } from "bun:test";

import type { Page } from "puppeteer-core";

import { ADA, auditAt, GRACE } from "../fixture.ts";
import {
  type AdminScene,
  waitForFocus,
  waitForHistory,
  waitForMessage,
  withAdmin,
} from "./admin_steps.ts";
import { describeInChromium } from "./describe_in_chromium.ts";
import { startOwnServer } from "./own_server.ts";
import { startForEach } from "./start_for_tests.ts";
import {
  clickSignOut,
  count,
  open,
  pressButton,
  readText,
  waitForHeadline,
  waitUntilLoaded,
} from "./steps.ts";

const STATUS = "#sign_in_message [role=status]";
const UNDO = `${STATUS} [data-undo]`;
const EMAIL = "o'neill+x&y=1@example.com";

describeInChromium("undo in a message", (chromium) => {
  const server = startForEach(() => startOwnServer({ ADMIN_EMAILS: ADA.email }));
  const withDesk = (act: (scene: AdminScene) => Promise<void>) =>
    withAdmin(chromium, { server, act });

  test(
    "enables an account by the keyboard, and the focus is where it was",
    withDesk(async ({ ada, graceId, openPerson }) => {
      await openPerson(ada);
      await pressButton(ada, "Disable account");
      await waitForMessage(ada, "Account disabled");
      await ada.focus(UNDO);
      await ada.keyboard.press("Enter");
      await waitForHistory(ada, "Account enabled");
      await waitForMessage(ada, "Account enabled");
      expect(await count(ada, "#sign_in_message [data-undo]")).toBe(0);
      await waitForFocus(ada, "disable_account");
      expect((await server.foyer.store.findPerson(graceId))?.disabledAt).toBeNull();
      const [event] = await server.foyer.store.listEvents({ limit: 1 });
      expect(event).toMatchObject({ kind: "enabled", subjectId: graceId });
    }),
  );

  test(
    "goes by itself with its message, but not while the focus is on it",
    withDesk(async ({ ada, openPerson }) => {
      await openPerson(ada);
      await ada.$eval("#sign_in_message", (all) => all.setAttribute("data-good_ms", "1000"));
      await ada.mouse.move(0, 0);
      await pressButton(ada, "Disable account");
      await ada.waitForSelector(UNDO);
      await ada.focus(UNDO);
      // Three times as long as it is shown.
      await ada.evaluate(() => new Promise((resolve) => setTimeout(resolve, 3000)));
      expect(await count(ada, UNDO)).toBe(1);
      await ada.$eval(UNDO, (button) => (button as HTMLElement).blur());
      await ada.waitForFunction((selector) => !document.querySelector(selector), {}, UNDO);
    }),
  );

  test(
    "takes the admin role away, and gives it again",
    withDesk(async ({ ada, openPerson }) => {
      await openPerson(ada);
      await pressButton(ada, "Make admin…");
      await pressButton(ada, "Make admin");
      await waitForMessage(ada, `${GRACE.name} is now an admin`);
      await ada.locator(UNDO).click();
      await waitForHistory(ada, "Admin role removed");
      await waitForMessage(ada, "Admin role removed");
      await waitForFocus(ada, "make_admin_opener");
      await ada.locator(UNDO).click();
      await waitForHistory(ada, "Admin role given");
      await waitForFocus(ada, "make_admin_opener");
    }),
  );

  test(
    "brings an invitation back, and the focus to it",
    withDesk(async ({ ada }) => {
      await server.foyer.store.invite(EMAIL, auditAt(server.clock.now));
      await open(ada, `${server.origin}/spa/admin.invitations`);
      await pressButton(ada, "Revoke");
      await waitForMessage(ada, "Invitation revoked");
      expect(await count(ada, "main .rows li")).toBe(0);
      await ada.locator(UNDO).click();
      await waitForMessage(ada, `Invitation added for ${EMAIL}`);
      await waitForFocus(ada, `delete_/admin/invitations?${new URLSearchParams({ email: EMAIL })}`);
      expect(await readText(ada, "main .rows b")).toBe(EMAIL);
      await ada.locator(UNDO).click();
      await waitForMessage(ada, "Invitation revoked");
      // The list is gone with its last row.
      await waitForFocus(ada, "content_section");
    }),
  );

  test(
    "says when it comes too late, is not offered again, and leaves the focus in the page",
    withDesk(async ({ ada, openPerson }) => {
      const { store } = server.foyer;
      const katherine = { ...GRACE, sub: "77", email: "katherine@gmail.com", name: "Katherine" };
      await server.foyer.visitor().signIn(katherine);
      const [person] = await store.findPeopleByEmail(katherine.email);
      await openPerson(ada, person?.id, katherine.name);
      await pressButton(ada, "Disable account");
      await waitForMessage(ada, "Account disabled");
      const policy = { configuredAdmins: new Set([ADA.email]), admit: () => ADMITTED };
      await store.deletePerson({ userId: person?.id ?? "", policy }, auditAt(server.clock.now));
      await ada.locator(UNDO).click();
      await ada.waitForSelector("#sign_in_message [role=alert] .message");
      await waitForNoStatus(ada);
      // The page of a person who is gone says so, and has the focus.
      await waitForHeadline(ada, "This person was deleted.");
      await waitForFocus(ada, "content_section");
    }),
  );

  test(
    "is gone when the person signs out on another tab",
    withDesk(async ({ ada, openPerson }) => {
      await openPerson(ada);
      await pressButton(ada, "Disable account");
      await waitForMessage(ada, "Account disabled");
      await clickSignOut(await openSecond(ada));
      await waitForNoStatus(ada);
    }),
  );

  const HOSTILE: unknown[] = [
    { method: "delete", path: "https://evil.example/admin/invitations" },
    { method: "delete", path: "//evil.example/" },
    { method: "delete", path: "javascript:alert(1)" },
    { method: "delete", path: "data:text/html,x" },
    { method: "delete", path: "http://[" },
    { method: "delete", path: "\\\\evil.example" },
    { method: "get", path: "/admin/record?format=csv" },
    { method: "on:click", path: "alert(1)" },
    { method: "__proto__", path: "/account" },
    { path: "/account" },
    {},
    null,
  ];
  test(
    "is not drawn for an address that is not ours, and no name becomes markup",
    withDesk(async ({ ada }) => {
      await open(ada, `${server.origin}/spa/admin`);
      for (const undo of HOSTILE) {
        const text = '<button data-undo hx-delete="/account">';
        await say(ada, { text, undo });
        expect(await readText(ada, STATUS)).toBe(text);
        expect(await count(ada, `#sign_in_message [data-undo]`)).toBe(0);
      }
      await say(ada, { text: "x", undo: { method: "delete", path: "/admin/x?y" } });
      expect(await count(ada, `${UNDO}[hx-delete="/admin/x?y"]`)).toBe(1);
    }),
  );
});

const ADMITTED = { mayEnter: true, isAdmin: false };

async function openSecond(page: Page): Promise<Page> {
  const second = await page.browserContext().newPage();
  await second.goto(page.url());
  await waitUntilLoaded(second);
  return second;
}

/** Polls, as a tab behind another draws nothing. */
async function waitForNoStatus(page: Page): Promise<void> {
  const isEmpty = (selector: string) => document.querySelector(selector)?.childElementCount === 0;
  await page.waitForFunction(isEmpty, { polling: 30 }, STATUS);
}

async function say(page: Page, detail: unknown): Promise<void> {
  await page.evaluate((said) => {
    document.body.dispatchEvent(new CustomEvent("PageMessage", { detail: said, bubbles: true }));
  }, detail);
}
