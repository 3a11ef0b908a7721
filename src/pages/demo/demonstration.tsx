import { Html } from "@elysiajs/html";

import { FrontPage } from "../../../views/demo/front.tsx";
import { MembersLibrary, MembersRoom } from "../../../views/demo/members.tsx";
import { TOP_PAGE } from "../../paths.ts";
import type { MemberContext, Page } from "../page.ts";
import { CUSTOMERS_PAGE } from "./customers.tsx";

/** The demonstration: a front page, a list from the database, and two pages for members. */
export const DEMONSTRATION: Page[] = [
  {
    name: TOP_PAGE,
    title: "Top",
    audience: "everybody",
    isStatic: true,
    draw: () => <FrontPage />,
  },
  CUSTOMERS_PAGE,
  {
    name: "content.secret1",
    title: "Room",
    audience: "members",
    lock: "For members only. Sign in with the Google button, and this opens.",
    draw: (context) => <MembersRoom {...readMember(context)} />,
  },
  {
    name: "content.secret2",
    title: "Library",
    audience: "members",
    draw: (context) => <MembersLibrary {...readMember(context)} />,
  },
];

function readMember({ signedIn }: MemberContext) {
  const { user, createdAt, expiresAt } = signedIn;
  return { name: user.name, email: user.email, createdAt, expiresAt };
}
