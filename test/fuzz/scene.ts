import { createAssets } from "../../src/assets.ts";
import { buildAssets } from "../../src/build_assets.ts";
import type { Environment } from "../../src/config.ts";
import { readConfig } from "../../src/config.ts";
import type { StandInPerson } from "../../src/google_stand_in/people.ts";
import { PAGES } from "../../src/pages/pages.ts";
import {
  ADA,
  createClock,
  createFoyer,
  EDSGER,
  type Foyer,
  GRACE,
  setDisabled,
} from "../fixture.ts";
import type { Visitor } from "../visitor.ts";

/** The time of every scene, a whole second, so that a seed means the same at any time of day. */
const NOW = 1_780_000_000_000;

/** Who sends a request. */
export const ROLES = ["nobody", "member", "admin", "disabled"] as const;
/** One of {@linkcode ROLES}. */
export type Role = (typeof ROLES)[number];

/** The whole application in this process, with people who are signed in, and without limits. */
export interface Scene {
  foyer: Foyer;
  /** Each role's browser; `nobody` has a sign-in cookie only. */
  browsers: Record<Role, Visitor>;
  /** The name of each role's session, "" for `nobody`. */
  sessions: Record<Role, string>;
  /** The lines of the log since the last call. */
  takeLog(): string[];
}

/** Composes the application with the pages of {@linkcode PAGES} and real assets. */
export async function createScene(env: Environment = {}): Promise<Scene> {
  const settings = { ADMIN_EMAILS: ADA.email, SIGN_IN_LIMIT: "0", ...env };
  const { brand } = readConfig({ GOOGLE_OAUTH2_CLIENT_ID: "client" });
  const assets = createAssets(buildAssets(), brand);
  const foyer = await createFoyer(settings, { clock: createClock(NOW), pages: PAGES, assets });
  const signIn = async (person: StandInPerson) => {
    const visitor = foyer.visitor();
    const { status } = await visitor.signIn(person);
    if (status !== 200) throw new Error(`${person.name} cannot sign in: ${status}`);
    return visitor;
  };
  const nobody = foyer.visitor();
  await nobody.nonce();
  const browsers = {
    nobody,
    member: await signIn(GRACE),
    admin: await signIn(ADA),
    disabled: await signIn(EDSGER),
  };
  const [edsger] = await foyer.store.findPeopleByEmail(EDSGER.email);
  await setDisabled(foyer, { userId: edsger?.id ?? "", isDisabled: true });
  const sessions = {
    nobody: "",
    member: await browsers.member.shownSession(),
    admin: await browsers.admin.shownSession(),
    disabled: await browsers.disabled.shownSession(),
  };
  return {
    foyer,
    browsers,
    sessions,
    takeLog: () => foyer.logLines.splice(0),
  };
}

/** What is wrong with the lines of a log: an error, or one of `secrets` (those of 12 characters and more). */
export function judgeLog(lines: string[], secrets: readonly string[]): string | null {
  const worthy = secrets.filter((secret) => secret.length >= 12);
  for (const line of lines) {
    if (line.includes('"level":"error"')) return `the log has an error: ${line.slice(0, 600)}`;
    for (const secret of worthy) {
      if (line.includes(secret)) return `the log has a secret (${secret.slice(0, 12)}…): ${line}`;
    }
  }
  return null;
}
