import { ADA, KATHERINE } from "../../fixture.ts";
import { bindSessions } from "./bind_session.ts";
import type { Place, State } from "./state.ts";

const DELETE = "#delete_account[open]";

/** What Ada sees; the person whose session is bound is another one, whose devices no other state shows. */
export const MEMBER_STATES: State[] = [
  { name: "front_signed_in", path: "/spa", shows: "#content_section .tile" },
  { name: "members", path: "/spa/content.secret1", shows: "#content_section h1" },
  { name: "library", path: "/spa/content.secret2", shows: "#content_section h1" },
  { name: "account", path: "/spa/account", shows: "#devices" },
  {
    name: "account_bound",
    path: "/spa/account",
    person: KATHERINE,
    arrange: bindSessions(KATHERINE.email),
    shows: "#devices",
  },
  { name: "account_delete", path: "/spa/account", reach: askToDelete, shows: DELETE },
  { name: "account_menu", path: "/spa", reach: openAccountMenu, shows: "#account_menu" },
  { name: "account_right_to_left", path: "/spa/account", reach: mirror, shows: "#devices" },
  { name: "account_german", path: "/spa/account", language: "de", shows: "#devices" },
  { name: "members_without_script", path: "/plain/content.secret1", shows: "h1", isBare: true },
].map((state) => ({ person: ADA, ...state }));

/** What Ada administers. */
export const ADMIN_STATES: State[] = [
  { name: "admin_overview", path: "/spa/admin", shows: "#days_table" },
  { name: "admin_people", path: "/spa/admin.people", shows: "#people_count" },
  { name: "admin_people_none", path: "/spa/admin.people?q=okaffor", shows: "#people_search" },
  { name: "admin_person", path: "/spa/admin.people", reach: openPerson, shows: "main dl" },
  { name: "admin_invitations", path: "/spa/admin.invitations", shows: "#invitation_email" },
  { name: "admin_audit", path: "/spa/record", shows: "main tbody tr" },
  { name: "admin_audit_none", path: "/spa/record?person=okaffor", shows: "#content_section h1" },
].map((state) => ({ ...state, person: ADA }));

async function askToDelete({ page }: Place): Promise<void> {
  await page.locator("button[commandfor=delete_account][command=show-modal]").click();
}

async function openAccountMenu({ page }: Place): Promise<void> {
  await page.locator('[popovertarget="account_menu"]').click();
}

async function mirror({ page }: Place): Promise<void> {
  await page.evaluate(() => {
    document.documentElement.dir = "rtl";
  });
}

async function openPerson({ page }: Place): Promise<void> {
  await page.locator('main tbody tr:not(:has(.badge)) a[href*="person="]').click();
}
