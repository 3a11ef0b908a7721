import { expect, test } from "bun:test";

import type { Page } from "puppeteer-core";

import { ADA, auditAt, GRACE } from "../fixture.ts";
import {
  ADMIN_PATH,
  type AdminScene,
  followLink,
  openTab,
  waitForCount,
  waitForMessage,
  withAdmin,
} from "./admin_steps.ts";
import { REFUSED } from "./chromium.ts";
import { describeInChromium } from "./describe_in_chromium.ts";
import { startOwnServer } from "./own_server.ts";
import { startForEach } from "./start_for_tests.ts";
import {
  count,
  open,
  pressButton,
  readText,
  signIn,
  waitForHeadline,
  waitUntilLoaded,
} from "./steps.ts";

const HOSTILE = '<img src=x onerror="alert(1)">';
const WRONG = /^error: Failed to load resource: .* status of 400 /;

describeInChromium("the pages of administrators", (chromium) => {
  const server = startForEach(() => startOwnServer({ ADMIN_EMAILS: ADA.email }));
  const withDesk = (act: (scene: AdminScene) => Promise<void>) =>
    withAdmin(chromium, { server, act });

  test(
    "lists people: found, sorted and paged, with addresses of their own",
    withDesk(async ({ ada, grace }) => {
      for (let number = 0; number < 60; number += 1) {
        const name = number === 0 ? HOSTILE : `Person ${String(number).padStart(2, "0")}`;
        const person = { ...GRACE, sub: `9${number}`, name, email: `p${number}@gmail.com` };
        await server.foyer.visitor().signIn(person);
      }
      expect(await count(grace, `a[href="${ADMIN_PATH}"]`)).toBe(0);
      await ada.locator(`#auth_navbar a[href="${ADMIN_PATH}"]`).click();
      await waitForHeadline(ada, "Overview");
      await openTab(ada, "People");
      expect(await readText(ada, "main tbody th")).toBe(HOSTILE);
      await waitForCount(ada, "1–50 of 62");
      expect(await count(ada, "main tbody tr")).toBe(50);
      await followLink(ada, "Next");
      await waitForCount(ada, "51–62 of 62");
      // Said in a place that is never replaced, and the focus is on the page's heading.
      expect(await readText(ada, "#sign_in_message [aria-live]")).toBe("51–62 of 62");
      await ada.waitForFunction(() => document.activeElement?.matches("main h1"));
      await ada.reload();
      await waitForCount(ada, "51–62 of 62");
      await followLink(ada, "Previous");
      await waitForCount(ada, "1–50 of 62");
      await followLink(ada, "Name");
      await ada.waitForSelector("main [aria-sort=descending]");
      expect(await readText(ada, "main tbody th")).toBe("Person 59");
      await ada.goBack();
      await ada.waitForSelector("main [aria-sort=ascending]");
      await waitUntilLoaded(ada);
      await ada.type("#people_search", "ERSON 0");
      await Promise.all([ada.waitForNavigation(), ada.keyboard.press("Enter")]);
      await waitForCount(ada, "1–9 of 9");
      expect(new URL(ada.url()).searchParams.get("q")).toBe("ERSON 0");
      // The person goes on in the field, whose description says how many were found.
      const field = "document.activeElement?.id";
      await ada.waitForFunction(`${field} === "people_search"`, { polling: 30 });
      expect(await count(ada, "#people_search[aria-describedby=people_count]")).toBe(1);
    }),
  );

  test(
    "marks its part in the menu and its tab, and names each page in the title",
    withDesk(async ({ ada, graceId, openPerson }) => {
      await open(ada, server.origin + ADMIN_PATH);
      for (const title of ["Overview", "People", "Invitations", "Audit log"]) {
        await openTab(ada, title);
        expect(await ada.title()).toBe(`${title} · Foyer`);
        expect(await readText(ada, "main nav [aria-current=page]")).toBe(title);
        expect(await readText(ada, "#auth_navbar .menu [aria-current=page]")).toBe("Admin");
      }
      await openPerson(ada);
      expect(await ada.title()).toBe(`${GRACE.name} · Foyer`);
      await open(ada, `${server.origin}${ADMIN_PATH}?person=${graceId}`);
      await waitForHeadline(ada, GRACE.name);
      expect(await ada.title()).toBe(`${GRACE.name} · Foyer`);
    }),
  );

  test(
    "shows tables as cards on a phone, and no page scrolls sideways",
    withDesk(async ({ ada }) => {
      const long = {
        ...GRACE,
        sub: "77",
        name: "Dalia".repeat(9),
        email: `${"d".repeat(60)}@gmail.com`,
        hasPicture: false,
      };
      await server.foyer.visitor().signIn(long);
      await ada.setViewport({ width: 360, height: 740 });
      const [found] = await server.foyer.store.findPeopleByEmail(long.email);
      for (const path of [
        "admin",
        "admin.people",
        "admin.invitations",
        "record",
        `admin.people?person=${found?.id}`,
      ]) {
        await open(ada, `${server.origin}/spa/${path}`);
        expect(await ada.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
        const wide = await ada.$$eval(
          "main .stack td, main .stack th",
          (cells) =>
            cells.filter(
              (cell) => cell.checkVisibility() && cell.getBoundingClientRect().right > 360,
            ).length,
        );
        expect(wide).toBe(0);
      }
    }),
  );

  test(
    "prints every column, and no forms or tabs",
    withDesk(async ({ ada }) => {
      const long = { ...GRACE, sub: "77", name: "Dalia Okafor-Andersson", hasPicture: false };
      const email = "dalia.okafor-andersson@a-very-long-domain.example";
      await server.foyer.visitor().signIn({ ...long, email });
      // A4, less its margins.
      await ada.setViewport({ width: 718, height: 1000 });
      await ada.emulateMediaType("print");
      for (const path of ["admin.people", "record"]) {
        await open(ada, `${server.origin}/spa/${path}`);
        const cells = await ada.$$eval("main th, main td", (all) =>
          all.map((cell) => cell.checkVisibility() && cell.getBoundingClientRect().right <= 718),
        );
        expect(cells.length).toBeGreaterThan(8);
        expect(cells).not.toContain(false);
        expect(await ada.$eval("main form", (form) => form.checkVisibility())).toBe(false);
        expect(await ada.$eval("main nav", (nav) => nav.checkVisibility())).toBe(false);
      }
    }),
  );

  test(
    "filters the audit log by person and event, keeps the filters, and hands it out",
    withDesk(async ({ ada, graceId }) => {
      await open(ada, `${server.origin}/spa/record`);
      await waitForHeadline(ada, "Audit log");
      await ada.select("#record_kind", "signed_in");
      await ada.type("#record_person", "hopper");
      await Promise.all([ada.waitForNavigation(), pressButton(ada, "Apply")]);
      await waitForHeadline(ada, "Audit log");
      expect(await count(ada, "main tbody [scope=row]")).toBe(1);
      expect(await ada.$eval("#record_person", (input) => (input as HTMLInputElement).value)).toBe(
        "hopper",
      );
      expect(await ada.$eval("#record_kind", (input) => (input as HTMLSelectElement).value)).toBe(
        "signed_in",
      );
      const file = await ada.$eval("main a[href*=format]", async (link) => {
        const response = await fetch((link as HTMLAnchorElement).href);
        return [response.headers.get("content-disposition"), await response.text()];
      });
      const day = new Date(server.clock.now).toISOString().slice(0, 10);
      expect(file[0]).toBe(`attachment; filename="audit-log-${day}.csv"`);
      expect(file[1]?.trim().split("\r\n")).toHaveLength(2);
      await followLink(ada, "Clear filters");
      await ada.waitForFunction(() => document.querySelectorAll("main [scope=row]").length > 1);
      await waitUntilLoaded(ada);
      expect(new URL(ada.url()).search).toBe("");
      await ada.locator(`main tbody a[href*="${graceId}"]`).click();
      await waitForHeadline(ada, GRACE.name);
    }),
  );
});

describeInChromium("the invitations", ({ visit }) => {
  const server = startForEach(() => startOwnServer({ ADMIN_EMAILS: ADA.email, SIGN_UP: "closed" }));

  const withAda = (act: (ada: Page) => Promise<void>) => () =>
    visit({ expected: [REFUSED, WRONG] }, async ({ page: ada }) => {
      await open(ada, `${server.origin}/spa`);
      await signIn(ada);
      await act(ada);
    });

  test(
    "invites and revokes, says so, and tells how the person gets the link",
    withAda(async (ada) => {
      await open(ada, `${server.origin}/spa/admin.invitations`);
      expect(await readText(ada, "main .note")).toContain("We don’t send an email.");
      await ada.type("#invitation_email", "Emmy@Example.com");
      await ada.keyboard.press("Enter");
      await ada.waitForSelector(".rows li");
      await waitUntilLoaded(ada);
      expect(await readText(ada, ".rows li b")).toBe("emmy@example.com");
      await waitForMessage(ada, "Invitation added for emmy@example.com");
      await ada.$eval("#invitation_email", (input) => input.setAttribute("type", "text"));
      await ada.type("#invitation_email", "nobody");
      await ada.keyboard.press("Enter");
      await waitForMessage(ada, "Enter an email like ada@example.com.");
      // The focus stays in the list: on the next button, and at the end on the heading.
      await server.foyer.store.invite("fanny@example.com", auditAt(server.clock.now));
      await ada.reload();
      await waitUntilLoaded(ada);
      const focused = (expected: string) =>
        ada.waitForFunction(
          (name) => [document.activeElement?.ariaLabel, document.activeElement?.id].includes(name),
          { polling: 30 },
          expected,
        );
      await ada.locator('button[aria-label="Revoke invitation for emmy@example.com"]').click();
      await focused("Revoke invitation for fanny@example.com");
      await waitUntilLoaded(ada);
      await ada.keyboard.press("Enter");
      await ada.waitForSelector("main:not(:has(.rows li))");
      await waitForMessage(ada, "Invitation revoked");
      await focused("open");
      await ada.locator("button[data-copy]").click();
      await waitForMessage(ada, "Link copied");
    }),
  );
});
