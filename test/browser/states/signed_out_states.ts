import type { SessionEnd } from "../../../db/contract/session_end.ts";
import { ADA, auditAt, GRACE, KATHERINE, setDisabled } from "../../fixture.ts";
import { clickSignOut } from "../steps.ts";
import { signInAs } from "./draw_state.ts";
import type { Place, State } from "./state.ts";

const MEMBERS = "/spa/content.secret1";
const SIGNED_OUT = "#signed_out_title";
const CLOCK = "[role=alert] [role=timer]";

/** The ends that a person reads about when they come back, each with its own sentence. */
const ENDS: SessionEnd[] = ["too_old", "elsewhere", "admin", "google", "policy", "suspicion"];

/** Around the end of a session: the warning, what has ended it, and the way back in. */
export const SIGNED_OUT_STATES: State[] = [
  { name: "session_warning", path: MEMBERS, arrange: signIn, reach: nearEnd, shows: CLOCK },
  { name: "signed_out", path: MEMBERS, arrange: signIn, reach: signOut, shows: SIGNED_OUT },
  { name: "signed_out_idle", path: MEMBERS, arrange: idle, shows: SIGNED_OUT },
  ...ENDS.map((why) => ({
    name: `signed_out_${why}`,
    path: MEMBERS,
    arrange: end(why),
    shows: SIGNED_OUT,
  })),
  {
    name: "account_deleted",
    path: "/spa/account",
    arrange: signInToLeave,
    reach: deleteAccount,
    shows: SIGNED_OUT,
  },
  { name: "disabled", path: "/spa", arrange: disable, shows: "#auth_navbar .badge" },
];

function signIn(place: Place) {
  return signInAs(place, ADA);
}

function signOut({ page }: Place) {
  return clickSignOut(page);
}

async function nearEnd({ page, server }: Place): Promise<void> {
  server.clock.pass(541_000);
  await page.evaluate(() => document.dispatchEvent(new CustomEvent("LoginStatusChange")));
}

async function idle(place: Place): Promise<void> {
  await signIn(place);
  place.server.clock.pass(600_000);
}

/** The session ends while the browser does not look. */
function end(why: SessionEnd) {
  return async (place: Place) => {
    const { foyer, clock } = place.server;
    const ada = await signIn(place);
    const [user] = await foyer.store.findPeopleByEmail(ADA.email);
    const session = { sessionId: await ada.shownSession(), userId: user?.id ?? "" };
    await foyer.store.endSession({ ...session, why }, auditAt(clock.now));
  };
}

async function signInToLeave(place: Place): Promise<void> {
  await place.server.foyer.store.invite(KATHERINE.email, auditAt(place.server.clock.now));
  await signInAs(place, KATHERINE);
}

async function deleteAccount({ page }: Place): Promise<void> {
  await page.locator("button[commandfor=delete_account][command=show-modal]").click();
  await page.locator("#delete_account[open] .main").click();
}

async function disable(place: Place): Promise<void> {
  const { foyer } = place.server;
  const [grace] = await foyer.store.findPeopleByEmail(GRACE.email);
  const userId = grace?.id ?? "";
  await setDisabled(foyer, { userId, isDisabled: false });
  await signInAs(place, GRACE);
  await setDisabled(foyer, { userId, isDisabled: true });
}
