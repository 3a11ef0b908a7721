import { Html } from "@elysiajs/html";

import { PEOPLE_ORDERS, type PeopleOrder } from "../../db/contract/people.ts";
import { AdminPage } from "../../views/pages/admin.tsx";
import { isConfiguredAdmin } from "../auth/admission.ts";
import { readEmailAddress } from "../auth/email_address.ts";
import { RefusedRequest } from "../errors.ts";
import { readText } from "../http/form.ts";
import { readQuery } from "../http/query.ts";
import { ADMIN, PATHS } from "../paths.ts";
import type { MemberContext, MemberPage, PageRoutes, RouteContext } from "./page.ts";
import { addPersonRoutes, drawPerson } from "./person.tsx";

const PAGE_LENGTH = 50;
const DAYS = 30;
const DAY_MS = 86_400_000;

type Context = MemberContext & RouteContext;

/** The admin page: all people, or one person if its address names one. */
export const ADMIN_PAGE: MemberPage = {
  name: ADMIN,
  title: "Admin",
  audience: "admins",
  address: PATHS.admin,
  draw: (context) => {
    const id = readQuery(context.query, "person", 36);
    return id ? drawPerson(id, context) : drawPeople(context);
  },
  routes: (page) => {
    addPersonRoutes(page);
    page.post("/invitations", (context) => invite(context, page));
    page.delete("/invitations", (context) => revokeInvitation(context, page));
  },
};

async function drawPeople(context: MemberContext): Promise<string> {
  const { store, config, now, query, refusals } = context;
  const search = readQuery(query, "q", 100).trim();
  const order = readOrder(query);
  const after = await findPosition(context, order);
  const found = await store.listPeople({ query: search, order, after, limit: PAGE_LENGTH + 1 });
  const people = found.slice(0, PAGE_LENGTH);
  await refusals.flush();
  const days = lastDays(now());
  const counters = await store.readCounters({ now: now(), sinceDay: days[0] ?? "" });
  return (
    <AdminPage
      counters={counters}
      days={days.map((day) => countDay(day, counters.days))}
      people={people.map((person) => ({
        ...person,
        isConfiguredAdmin: isConfiguredAdmin(person, config),
      }))}
      search={search}
      order={order}
      next={found.length > PAGE_LENGTH ? (people.at(-1)?.id ?? null) : null}
      signUp={config.signUp}
      invitations={await store.listInvitations()}
    />
  );
}

function readOrder(query: URLSearchParams): PeopleOrder {
  const text = readQuery(query, "sort", 20) || "name";
  const order = PEOPLE_ORDERS.find((known) => known === text);
  if (order) return order;
  throw new RefusedRequest("bad_parameter");
}

/** The position after the person that the address names, in this order. */
async function findPosition({ store, query }: MemberContext, order: PeopleOrder) {
  const id = readQuery(query, "after", 36);
  const last = id ? await store.findPerson(id) : null;
  if (!last) return null;
  const { name, email, createdAt: created, signedInAt: signed_in } = last;
  return { value: { name, email, created, signed_in }[order], id };
}

function lastDays(now: number): string[] {
  return Array.from({ length: DAYS }, (_, index) =>
    new Date(now - (DAYS - 1 - index) * DAY_MS).toISOString().slice(0, 10),
  );
}

function countDay(day: string, counts: { day: string; code: string; count: number }[]) {
  let [signIns, refusals] = [0, 0];
  for (const each of counts.filter((count) => count.day === day)) {
    if (each.code === "signed_in") signIns += each.count;
    else refusals += each.count;
  }
  return { day, signIns, refusals };
}

async function invite({ store, log, form, audit }: Context, page: PageRoutes<MemberContext>) {
  const email = readEmailAddress(readText(form, "email").trim());
  if (email === null) {
    const detail = "That is not an address like ada@example.com.";
    throw new RefusedRequest("bad_parameter", { detail });
  }
  await store.invite(email, audit);
  log("info", "admin_act", { act: "invite", actor: audit.actorId });
  return page.redraw();
}

async function revokeInvitation(
  { store, log, query, audit }: Context,
  page: PageRoutes<MemberContext>,
) {
  const isRevoked = await store.revokeInvitation(readQuery(query, "email", 254), audit);
  if (!isRevoked) {
    throw new RefusedRequest("not_found", { detail: "This invitation is not there any more." });
  }
  log("info", "admin_act", { act: "revoke_invitation", actor: audit.actorId });
  return page.redraw();
}
