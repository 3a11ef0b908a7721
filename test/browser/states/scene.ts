import { createDemoCustomers } from "../../../db/customers.ts";
import type { Page } from "../../../src/pages/page.ts";
import { PAGES } from "../../../src/pages/pages.ts";
import { PATHS } from "../../../src/paths.ts";
import { ADA, auditAt, GRACE, KATHERINE, setDisabled } from "../../fixture.ts";
import { type OwnServer, startOwnServer } from "../own_server.ts";

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const DAYS = 30;
const IPHONE =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 26_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Mobile/15E148 Safari/604.1";
/** So that a picture of today is that of tomorrow. */
export const MORNING = Date.UTC(2026, 10, 20, 9, 30);

/** Applications that Foyer protects: one that everybody may open, one for Ada, and one for somebody else. */
export const WIKI = "http://localhost:8001";
const GRAFANA = "http://localhost:8002";
export const PAYROLL = "http://localhost:8003";

const SETTINGS = {
  ADMIN_EMAILS: ADA.email,
  GOOGLE_AUTH_CLAIMS: "true",
  ADMIN_AMR: "hwk,mfa",
  SIGN_UP: "closed",
  APP_SUPPORT: "help@example.com",
  APP_TERMS_URL: "https://example.com/terms",
  APP_PRIVACY_URL: "https://example.com/privacy",
  FORWARD_AUTH_ORIGINS: `${WIKI} "Wiki" members, ${GRAFANA} "Grafana" admins, ${PAYROLL} "Payroll" ${GRACE.email}`,
};

/** A page that the application cannot draw. */
const BROKEN: Page = {
  name: "broken",
  title: "Broken",
  audience: "everybody",
  isHiddenInMenu: true,
  draw: () => {
    throw new Error("Nobody can draw this page");
  },
};

/** People who are not in the stand-in's chooser. */
const OTHERS = createDemoCustomers(9).map(({ name }, number) => ({
  ...GRACE,
  sub: String(1000 + number),
  name,
  email: `${name.split(" ")[0]?.toLowerCase()}.${number}@gmail.com`,
}));

/**
 * Starts a small application that has lived for some weeks: Ada administers it, with two
 * devices, and Grace is disabled.
 */
export async function startScene(): Promise<OwnServer> {
  const server = await startOwnServer(SETTINGS, { pages: [...PAGES, BROKEN] });
  const { foyer, clock } = server;
  const { store } = foyer;
  await store.tables.customers.add(createDemoCustomers(1000));
  clock.now = MORNING - DAYS * DAY_MS;
  for (const { email } of [GRACE, ...OTHERS]) await store.invite(email, auditAt(clock.now));
  await foyer.visitor().signIn(GRACE);
  for (let day = 0; day < DAYS; day += 1) {
    await liveDay(server, day);
    clock.now += DAY_MS;
  }
  const yesterday = auditAt(MORNING - DAY_MS);
  for (const email of [KATHERINE.email, "new.person@gmail.com"])
    await store.invite(email, yesterday);
  const [grace] = await store.findPeopleByEmail(GRACE.email);
  await setDisabled(foyer, { userId: grace?.id ?? "", isDisabled: true });
  clock.now = MORNING - 5 * MINUTE_MS;
  const telephone = foyer.visitor();
  const body = new URLSearchParams({ credential: await telephone.credential(ADA) });
  const headers = { "user-agent": IPHONE };
  await telephone.send(PATHS.login, { method: "POST", body, headers });
  return server;
}

/** Some people sign in, and somebody is refused. */
async function liveDay({ foyer }: OwnServer, day: number): Promise<void> {
  for (let number = 0; number < 2 + ((day * 7) % 5); number += 1) {
    const visitor = foyer.visitor();
    await visitor.signIn(OTHERS[(day + number) % OTHERS.length] ?? GRACE);
    if (number === 1) await visitor.post("/auth/login", { credential: "a.b.c" });
  }
  await foyer.deps.refusals.flush();
}
