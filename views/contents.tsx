import { Html } from "@elysiajs/html";

import { TOP_CONTENT } from "../src/paths.ts";
import { type MemberContentProps, MembersLibrary, MembersRoom } from "./content_members.tsx";
import { TopContent } from "./content_top.tsx";

/** A content of the page: who may see it, and how it is drawn. */
export type Content =
  | { title: string; audience: "everybody"; render: () => JSX.Element }
  | {
      title: string;
      audience: "members";
      /** Why the menu does not open it for others; without it, they may click and are refused. */
      lock?: string;
      render: (props: MemberContentProps) => JSX.Element;
    };

/** Every content by its name: `/spa/NAME` is its page and `/htmx/NAME` its fragment. Add yours here. */
export const CONTENTS: ReadonlyMap<string, Content> = new Map<string, Content>([
  [TOP_CONTENT, { title: "Top", audience: "everybody", render: () => <TopContent /> }],
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
