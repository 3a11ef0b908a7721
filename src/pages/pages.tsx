import { Html } from "@elysiajs/html";

import { TopContent } from "../../views/demo/front.tsx";
import { MembersLibrary, MembersRoom } from "../../views/demo/members.tsx";
import { ACCOUNT, DESK, RECORD, TOP_CONTENT } from "../paths.ts";
import { drawAccount } from "./account.tsx";
import { drawRecord } from "./audit_log.tsx";
import { drawCustomerList } from "./demo/customers.tsx";
import type { Content } from "./page.ts";
import { drawDesk } from "./people.tsx";

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
