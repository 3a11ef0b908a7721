import { Html } from "@elysiajs/html";

import type { Page } from "../src/pages/page.ts";
import { TOP_PAGE } from "../src/paths.ts";

/** Pages of every audience, for tests of what all pages share. */
export const TEST_PAGES: Page[] = [
  {
    name: TOP_PAGE,
    title: "Top",
    audience: "everybody",
    isStatic: true,
    draw: () => <h1>Welcome to the test</h1>,
  },
  {
    name: "content.list",
    title: "Customers",
    audience: "everybody",
    draw: ({ query }) => <h1 safe>{`A list from ${query.get("from") ?? "the beginning"}`}</h1>,
  },
  {
    name: "content.secret1",
    title: "Room",
    audience: "members",
    draw: ({ signedIn }) => (
      <section>
        <h1 safe>{`Good to see you, ${signedIn.user.name}`}</h1>
        <p safe>{signedIn.user.email}</p>
      </section>
    ),
  },
  {
    name: "content.secret2",
    title: "Library",
    audience: "members",
    draw: ({ signedIn }) => <h1 safe>{`The library, ${signedIn.user.name}`}</h1>,
  },
];
