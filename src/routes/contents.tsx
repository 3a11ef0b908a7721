import { Html } from "@elysiajs/html";

import type { Store } from "../../db/store.ts";
import {
  type MemberContentProps,
  MembersLibrary,
  MembersRoom,
} from "../../views/content_members.tsx";
import { TopContent } from "../../views/content_top.tsx";
import { TOP_CONTENT } from "../paths.ts";
import { drawCustomerList } from "./customers.tsx";

/** What a content for everybody is drawn with. */
export interface ContentSource {
  store: Store;
}

/** A content of the page: who may see it, and how it is drawn. */
export type Content = PublicContent | MemberContent;

/** Public contents are drawn once, or from the store for each request; without JavaScript they are readable, too. */
export type PublicContent = { title: string; audience: "everybody" } & (
  { render: () => JSX.Element } | { load: (source: ContentSource) => Promise<string> }
);

export interface MemberContent {
  title: string;
  audience: "members";
  /** Why the menu does not open it for others; without it, they may click and are refused. */
  lock?: string;
  render: (props: MemberContentProps) => JSX.Element;
}

/** Draws a public content. */
export function drawPublic(content: PublicContent, source: ContentSource): JSX.Element {
  return "load" in content ? content.load(source) : content.render();
}

/** Every content by its name: `/spa/NAME` is its page and `/htmx/NAME` its fragment. Add yours here. */
export const CONTENTS: ReadonlyMap<string, Content> = new Map<string, Content>([
  [TOP_CONTENT, { title: "Top", audience: "everybody", render: () => <TopContent /> }],
  [
    "content.list",
    {
      title: "Customers",
      audience: "everybody",
      load: drawCustomerList,
    },
  ],
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
]);
