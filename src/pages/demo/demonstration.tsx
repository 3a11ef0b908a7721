import { Html } from "@elysiajs/html";

import { LibraryPage, MembersPage } from "../../../views/demo/members.tsx";
import type { Page } from "../page.ts";
import { CUSTOMERS_PAGE } from "./customers.tsx";

/** The demonstration: a list from the database, and two pages for members. */
export const DEMONSTRATION: Page[] = [
  CUSTOMERS_PAGE,
  {
    name: "content.secret1",
    title: "Members",
    description: "News and pages for members.",
    audience: "members",
    draw: ({ signedIn: { user, createdAt, expiresAt } }) => (
      <MembersPage email={user.email} createdAt={createdAt} expiresAt={expiresAt} />
    ),
  },
  {
    name: "content.secret2",
    title: "Library",
    description: "Documents to read.",
    audience: "members",
    draw: () => <LibraryPage />,
  },
];
