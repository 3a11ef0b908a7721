import { Html } from "@elysiajs/html";

import { LibraryPage, MembersPage } from "../../../views/demo/members.tsx";
import { demoWords } from "../../../views/demo/words.ts";
import type { Page } from "../page.ts";
import { CUSTOMERS_PAGE } from "./customers.tsx";

/** What the library leads to. */
const DOCUMENTS = [
  { title: "Hypermedia Systems", url: "https://hypermedia.systems/" },
  { title: "htmx", url: "https://htmx.org/docs/" },
  { title: "Bun", url: "https://bun.sh/docs" },
];

/** The demonstration: a list from the database, and two pages for members. */
export const DEMONSTRATION: Page[] = [
  CUSTOMERS_PAGE,
  {
    name: "content.secret1",
    title: (words) => demoWords(words).members.title,
    description: (words) => demoWords(words).members.description,
    icon: "people",
    audience: "members",
    draw: ({ words, config, signedIn: { user, createdAt, expiresAt } }) => (
      <MembersPage
        words={words}
        email={user.email}
        createdAt={createdAt}
        expiresAt={expiresAt}
        idleMs={config.sessionMaxAgeMs}
      />
    ),
  },
  {
    name: "content.secret2",
    title: (words) => demoWords(words).library.title,
    description: (words) => demoWords(words).library.description,
    icon: "library",
    audience: "members",
    draw: ({ words }) => <LibraryPage words={words} documents={DOCUMENTS} />,
  },
];
