import { describe, expect, test } from "bun:test";

import type { Page } from "puppeteer-core";

import { ADA, GRACE, MALLORY } from "../fixture.ts";
import { waitForMessage } from "./admin_steps.ts";
import { REFUSED } from "./chromium.ts";
import { describeInChromium } from "./describe_in_chromium.ts";
import { signInAtStandIn, watchFedCm } from "./fedcm_steps.ts";
import { type OwnServer, startOwnServer } from "./own_server.ts";
import { startForEach } from "./start_for_tests.ts";
import {
  choose,
  clickSignOut,
  count,
  intercept,
  open,
  openAccount,
  openChooser,
  pressButton,
  readRefusal,
  waitForHeadline,
  waitForPerson,
  waitUntilLoaded,
} from "./steps.ts";

const ADMIN = { ADMIN_EMAILS: ADA.email };
const WRITTEN = /^error: CSP: require-trusted-types-for refused trusted-types-sink/;
const CONSOLE =
  /requires 'Trusted\w+' assignment|Refused to create a TrustedTypePolicy|Creating a TrustedTypePolicy/;

/** A write of HTML that went around the policy. */
interface Write {
  source: string;
  sample: string;
  disposition: string;
}

/** Keeps what the page's documents write around the policy from now on. */
async function watchWrites(page: Page): Promise<Write[]> {
  const writes: Write[] = [];
  await page.exposeFunction("keepWrite", (write: Write) => void writes.push(write));
  await page.evaluateOnNewDocument(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      const { sourceFile: source, sample, disposition } = event;
      Reflect.get(window, "keepWrite")({ source, sample, disposition });
    });
  });
  return writes;
}

/** Goes through what htmx and our script draw, as an administrator; `enter` signs somebody in. */
async function visitAll(
  page: Page,
  { server, enter }: { server: OwnServer; enter: (email: string) => Promise<void> },
): Promise<void> {
  const { origin, foyer } = server;
  await foyer.visitor().signIn(GRACE);
  const [grace] = await foyer.store.findPeopleByEmail(GRACE.email);
  await open(page, `${origin}/spa`);
  await enter(MALLORY.email);
  expect(await readRefusal(page)).toBe("Verify your email first");
  await enter(ADA.email);
  await waitForPerson(page, ADA.name);
  const paths = await page.$$eval("#auth_navbar .menu a", (all) => all.map((one) => one.pathname));
  expect(paths.length).toBeGreaterThan(3);
  for (const path of paths) {
    await page.locator(`#auth_navbar .menu a[href="${path}"]`).click();
    await page.waitForFunction((wanted) => location.pathname === wanted, {}, path);
    await waitUntilLoaded(page);
  }
  await open(page, `${origin}/spa/admin.people?person=${grace?.id}`);
  await pressButton(page, "Disable account");
  await waitForMessage(page, "Account disabled");
  await page.locator("#sign_in_message [data-undo]").click();
  await waitForMessage(page, "Account enabled");
  await openAccount(page);
  await waitForHeadline(page, "Your account");
  await pressButton(page, "Delete account…");
  await page.waitForSelector("#delete_account[open]");
  await page.keyboard.press("Escape");
  await page.waitForSelector("#delete_account:not([open])");
  await clickSignOut(page);
  await waitForHeadline(page, "You are signed out");
}

describeInChromium("Trusted Types", ({ visit }) => {
  describe("where no script of Google's is on the page", () => {
    const server = startForEach(() => startOwnServer({ ...ADMIN, GOOGLE_SIGN_IN: "fedcm" }));

    test("are enforced, and everything works", () =>
      visit({ expected: [REFUSED] }, async ({ page }) => {
        const writes = await watchWrites(page);
        const dialogs = await watchFedCm(page);
        for (const { email } of [ADA, MALLORY]) {
          await signInAtStandIn({ page, googleOrigin: server.google.origin }, email);
        }
        const enter = async (email: string) => {
          await page.locator("fedcm-button > button").click();
          await dialogs.selectAccount(email);
        };
        await visitAll(page, { server, enter });
        expect(writes).toEqual([]);
      }));

    test("block what writes HTML around our policy, and other policies", () =>
      visit({ expected: [WRITTEN, CONSOLE, /CSP: trusted-types refused/] }, async ({ page }) => {
        const writes = await watchWrites(page);
        await open(page, `${server.origin}/spa`);
        const attempts = await page.evaluate(() => {
          const attempt = (act: () => unknown) => {
            try {
              return typeof act();
            } catch (error) {
              return (error as Error).name;
            }
          };
          const { trustedTypes } = window as unknown as {
            trustedTypes: { createPolicy(name: string, rules: object): object };
          };
          const script = document.createElement("script");
          return [
            () => (document.body.innerHTML = "<img src=x onerror=alert(1)>"),
            () => document.body.insertAdjacentHTML("beforeend", "<b>hello</b>"),
            () => (script.src = "/assets/other.js"),
            () => (script.textContent = "alert(1)"),
            () => trustedTypes.createPolicy("other", {}),
            () => trustedTypes.createPolicy("foyer", {}),
          ].map(attempt);
        });
        expect(attempts).toEqual(Array(6).fill("TypeError"));
        expect(await count(page, "#content_section h1")).toBe(1);
        expect(writes.map(({ disposition }) => disposition)).toEqual(Array(6).fill("enforce"));
      }));
  });

  describe.each([{ GOOGLE_SIGN_IN: "html" }, { GOOGLE_SIGN_IN: "js" }])(
    "beside Google's script, with %o",
    (env) => {
      const server = startForEach(() => startOwnServer({ ...ADMIN, ...env }));

      test("are only reported, and there is nothing of ours to report", () =>
        visit({ expected: [REFUSED] }, async ({ page }) => {
          const writes = await watchWrites(page);
          const enter = async (email: string) => choose(await openChooser(page), email);
          await visitAll(page, { server, enter });
          expect(writes).toEqual([]);
        }));
    },
  );

  describe("a script of Google's that writes HTML", () => {
    const server = startForEach(() => startOwnServer());

    test("may, and is reported by its address", () =>
      visit({ expected: [WRITTEN] }, async ({ page }) => {
        const writes = await watchWrites(page);
        const address = `${server.google.origin}/gsi/client`;
        const script = await (await fetch(address)).text();
        const body = `document.head.append(document.createElement("meta")); document.head.lastChild.innerHTML = "<b>of Google</b>";\n${script}`;
        await intercept(page, (request) => {
          if (request.url() !== address) return void request.continue();
          void request.respond({ contentType: "text/javascript", body });
        });
        await open(page, `${server.origin}/spa`);
        await choose(await openChooser(page), GRACE.email);
        await waitForPerson(page, GRACE.name);
        expect(writes).toEqual([
          { source: address, sample: "Element innerHTML|<b>of Google</b>", disposition: "report" },
        ]);
      }));
  });
});
