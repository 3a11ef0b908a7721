import { beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";

import { createDemoCustomers } from "../../db/customers.ts";
import { startOwnServer } from "./own_server.ts";
import { startForAll } from "./start_for_tests.ts";
import { TEXT_BROWSERS } from "./text_browsers.ts";

setDefaultTimeout(20_000);

const NEEDS_SOURCE = "Signing in needs a browser that says where its requests come from.";

/** What is read at each address, and what is not. */
const PAGES: [path: string, texts: string[], missing: string[]][] = [
  [
    "/spa",
    ["Your team’s pages, in one place", "Customers", "Use this page without JavaScript"],
    ["Stay signed in"],
  ],
  ["/spa/content.list", ["Amina Adeyemi", "Use this page without JavaScript"], []],
  ["/plain/content.top", ["Your team’s pages, in one place", "Sign in", NEEDS_SOURCE], []],
  ["/plain/content.list", ["Amina Adeyemi", "Jonas Brandt", NEEDS_SOURCE], []],
  ["/plain/content.secret1", ["Sign in to open Members", NEEDS_SOURCE], []],
];

for (const { name, isInstalled, read } of TEXT_BROWSERS) {
  describe.skipIf(!isInstalled)(`in ${name}`, () => {
    const server = startForAll(startOwnServer);

    beforeAll(() => server.foyer.store.tables.customers.add(createDemoCustomers(45)));

    test.each(PAGES)("people read %s", async (path, texts, missing) => {
      const page = await read(server.origin + path);
      for (const text of texts) expect(page).toContain(text);
      for (const text of missing) expect(page).not.toContain(text);
    });
  });
}
