import { beforeAll, expect, test } from "bun:test";

import type { Page } from "puppeteer-core";

import { createDemoCustomers } from "../../db/customers.ts";
import { createAssets } from "../../src/assets.ts";
import { buildAssets } from "../../src/build_assets.ts";
import { readConfig } from "../../src/config.ts";
import { describeInChromium } from "./describe_in_chromium.ts";
import { startOwnServer } from "./own_server.ts";
import { startForAll } from "./start_for_tests.ts";
import { findGoogleButton, open } from "./steps.ts";

const KIB = 1024;

describeInChromium("the weight of a visit", ({ visit }) => {
  const server = startForAll(() => startOwnServer());

  beforeAll(() => server.foyer.store.tables.customers.add(createDemoCustomers(45)));

  test("is at most 32 KiB at first, headers and all, and only the page and the navigation bar after that", () =>
    visit(async ({ page }) => {
      for (const path of ["/spa", "/spa/content.list"]) {
        const visitor = await weigh(page, server.origin);
        await open(page, server.origin + path);
        await findGoogleButton(page);
        const first = visitor.take();
        expect(sum(first)).toBeGreaterThan(10 * KIB);
        expect(sum(first)).toBeLessThan(32 * KIB);
        expect([...first.keys()].filter((file) => file.includes("signed_in"))).toEqual([]);

        await page.reload();
        await findGoogleButton(page);
        const second = visitor.take();
        expect([...second.keys()].toSorted()).toEqual([path, "/auth/auth_navbar"].toSorted());
        expect(sum(second)).toBeLessThan(10 * KIB);
        await visitor.stop();
        await forget(page);
      }
    }));
});

test("the script for signed-in people is small: it shares the page's htmx", () => {
  const { brand } = readConfig({ GOOGLE_OAUTH2_CLIENT_ID: "client" });
  const { files, signedInScript } = createAssets(buildAssets(), brand);
  expect(files.get(signedInScript)?.bodies.br?.length).toBeLessThan(4 * KIB);
});

const sum = (bytes: Map<string, number>) => [...bytes.values()].reduce((all, one) => all + one, 0);

/** Counts what comes over the wire from `origin`, by path; what the cache has does not. */
async function weigh(page: Page, origin: string) {
  const session = await page.createCDPSession();
  const paths = new Map<string, string>();
  let bytes = new Map<string, number>();
  await session.send("Network.enable");
  session.on("Network.responseReceived", ({ requestId, response }) => {
    const url = new URL(response.url);
    if (url.origin === origin && !response.fromDiskCache) paths.set(requestId, url.pathname);
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const path = paths.get(requestId);
    if (path && encodedDataLength > 0) bytes.set(path, (bytes.get(path) ?? 0) + encodedDataLength);
  });
  return {
    take() {
      const taken = bytes;
      bytes = new Map();
      return taken;
    },
    stop: () => session.detach(),
  };
}

/** Empties the browser's cache. */
async function forget(page: Page): Promise<void> {
  const session = await page.createCDPSession();
  await session.send("Network.clearBrowserCache");
  await session.detach();
}
