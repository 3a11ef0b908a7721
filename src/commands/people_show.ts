import type { AuditEvent } from "../../db/contract/audit.ts";
import type { SessionSummary } from "../../db/contract/people.ts";
import type { PersonSummary } from "../../db/contract/people_list.ts";
import { admit, isConfiguredAdmin } from "../auth/admission.ts";
import { readAdmissionPolicy } from "../config.ts";
import { type Command, readArguments } from "./command_line.ts";
import { eventLine } from "./event_line.ts";
import { findPerson, nameOf } from "./find_person.ts";
import { createShow, JSON_OPTION } from "./show.ts";
import { withStore } from "./with_store.ts";

const EVENTS = 10;

const USAGE = `foyer people show ADDRESS|ID [--json]

Shows one person: account, sessions, and the last ${EVENTS} events of the audit log. With --json, times are in milliseconds since 1970.

Who is an administrator and who may sign in also depends on ADMIN_EMAILS, ALLOWED_EMAILS and GOOGLE_HOSTED_DOMAIN.`;

/** `foyer people show`. */
export const PEOPLE_SHOW: Command = {
  summary: "Shows a person, with sessions and last events",
  usage: USAGE,
  run: async (context, args) => {
    const rules = { usage: USAGE, count: 1, options: JSON_OPTION };
    const { positionals, values } = readArguments(args, rules);
    const policy = readAdmissionPolicy(context.env);
    await withStore(context, async (store) => {
      const person = await findPerson(positionals[0] ?? "", store);
      const shown = {
        ...person,
        isConfiguredAdmin: isConfiguredAdmin(person, policy),
        isAdmitted: admit(person, policy).admitted,
        sessions: await store.listSessions({ userId: person.id, now: context.now() }),
        events: await store.listEvents({ personId: person.id, limit: EVENTS }),
      };
      await createShow(context, values)(shown, describe(shown));
    });
  },
};

interface Shown extends PersonSummary {
  isConfiguredAdmin: boolean;
  isAdmitted: boolean;
  sessions: SessionSummary[];
  events: AuditEvent[];
}

function describe(person: Shown): string[] {
  const { sessions, events, hostedDomain } = person;
  return [
    nameOf(person),
    `id             ${person.id}`,
    `status         ${describeStatus(person)}`,
    `administrator  ${describeRole(person)}`,
    ...(hostedDomain === null ? [] : [`domain         ${hostedDomain}`]),
    `account since  ${iso(person.createdAt)}`,
    `last sign-in   ${iso(person.signedInAt)}`,
    `sessions       ${sessions.length}`,
    ...sessions.map(
      ({ createdAt, lastSeenAt, method, amr, network, userAgent }) =>
        `  since ${iso(createdAt)}  seen ${iso(lastSeenAt)}  ${[method, amr?.join("+"), network, userAgent].filter(Boolean).join("  ")}`,
    ),
    `last events    ${events.length}`,
    ...events.map((event) => `  ${eventLine(event)}`),
  ];
}

function describeStatus(person: Shown): string {
  const { disabledAt, googleDisabledAt, googleDisabledReason, isAdmitted } = person;
  const reason = googleDisabledReason === null ? "" : ` (${googleDisabledReason})`;
  const facts = [
    disabledAt !== null && `disabled by an administrator since ${iso(disabledAt)}`,
    googleDisabledAt !== null && `disabled by Google since ${iso(googleDisabledAt)}${reason}`,
    !isAdmitted && "not admitted by the settings",
  ].filter(Boolean);
  return facts.join(", ") || "active";
}

function describeRole({ adminSince, isConfiguredAdmin: isConfigured }: Shown): string {
  const facts = [
    adminSince !== null && `since ${iso(adminSince)}`,
    isConfigured && "by ADMIN_EMAILS",
  ].filter(Boolean);
  return facts.join(", ") || "no";
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
