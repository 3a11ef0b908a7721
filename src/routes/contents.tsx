import { Html } from "@elysiajs/html";

import type { Store } from "../../db/store.ts";
import {
  type MemberContentProps,
  MembersLibrary,
  MembersRoom,
} from "../../views/content_members.tsx";
import { TopContent } from "../../views/content_top.tsx";
import type { Config } from "../config.ts";
import { ACCOUNT, DESK, RECORD, TOP_CONTENT } from "../paths.ts";
import type { SignedIn } from "../plugins/session_reading.ts";
import type { RefusalCounts } from "../refusal_counts.ts";
import { drawAccount } from "./account_content.tsx";
import { drawCustomerList } from "./customers.tsx";
import { drawDesk } from "./desk_content.tsx";
import { drawRecord } from "./record_content.tsx";

/** What a public content is drawn from. */
export interface ContentSource {
  store: Store;
}

/** What a content for members or administrators is drawn from. */
export interface MemberSource extends ContentSource {
  config: Config;
  now: () => number;
  refusals: RefusalCounts;
  signedIn: SignedIn;
  /** What the address says behind its question mark. */
  query: URLSearchParams;
}

/** A content of the page: who may see it, and how it is drawn. */
export type Content = PublicContent | MemberContent;

/** Public contents are drawn once, or from the store for each request; without JavaScript they are readable, too. */
export type PublicContent = { title: string; audience: "everybody" } & (
  { render: () => JSX.Element } | { load: (source: ContentSource) => Promise<string> }
);

export type MemberContent = {
  title: string;
  audience: "members" | "administrators";
  /** Why the menu does not open it for others; without it, they may click and are refused. */
  lock?: string;
  /** Whether the menu leaves it out, as another place leads there. */
  isElsewhere?: boolean;
} & (
  | { render: (props: MemberContentProps) => JSX.Element }
  | { load: (source: MemberSource) => Promise<string> }
);

/** Draws a public content. */
export function drawPublic(content: PublicContent, source: ContentSource): JSX.Element {
  return "load" in content ? content.load(source) : content.render();
}

/** Draws a content for somebody who may see it. */
export function drawForMember(content: MemberContent, source: MemberSource): JSX.Element {
  if ("load" in content) return content.load(source);
  const { user, createdAt, expiresAt } = source.signedIn;
  return content.render({ name: user.name, email: user.email, createdAt, expiresAt });
}

/** Every content by its name: `/spa/NAME` is its page and `/htmx/NAME` its fragment. Add yours here. */
export const CONTENTS: ReadonlyMap<string, Content> = new Map<string, Content>([
  [TOP_CONTENT, { title: "Top", audience: "everybody", render: () => <TopContent /> }],
  ["content.list", { title: "Customers", audience: "everybody", load: drawCustomerList }],
  [
    "content.secret1",
    {
      title: "Room",
      audience: "members",
      lock: "For members only. Sign in with the Google button, and this opens.",
      render: (props) => <MembersRoom {...props} />,
    },
  ],
  [
    "content.secret2",
    { title: "Library", audience: "members", render: (props) => <MembersLibrary {...props} /> },
  ],
  // One's own name in the navigation bar leads there.
  [ACCOUNT, { title: "My account", audience: "members", isElsewhere: true, load: drawAccount }],
  [DESK, { title: "Desk", audience: "administrators", load: drawDesk }],
  [RECORD, { title: "Record", audience: "administrators", isElsewhere: true, load: drawRecord }],
]);
