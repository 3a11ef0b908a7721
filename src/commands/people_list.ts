import {
  MAX_FOUND,
  PEOPLE_FILTERS,
  type PeopleFilter,
  type PersonSummary,
} from "../../db/contract/people_list.ts";
import type { Store } from "../../db/contract/store.ts";
import { type AdmissionPolicy, isConfiguredAdmin } from "../auth/admission.ts";
import { readAdmissionPolicy } from "../config.ts";
import {
  type Command,
  type CommandContext,
  CommandError,
  readArguments,
  UsageError,
} from "./command_line.ts";
import { nameOf } from "./find_person.ts";
import { createShow, JSON_OPTION } from "./show.ts";
import { withStore } from "./with_store.ts";

const BATCH = 500;

const USAGE = `foyer people list [--filter all|active|admins|disabled] [--search TEXT] [--json]

Lists people, the oldest account first: id, day of the last sign-in, status, name and address. With --json, one JSON object a line; times are in milliseconds since 1970.

--search finds a part of the name or address, as the admin page does, and at most ${MAX_FOUND} people. ADMIN_EMAILS says who else is an administrator.`;

const OPTIONS = {
  ...JSON_OPTION,
  filter: { type: "string", default: "all" },
  search: { type: "string", default: "" },
} as const;

/** `foyer people list`. */
export const PEOPLE_LIST: Command = {
  summary: "Lists people",
  usage: USAGE,
  run: async (context, args) => {
    const { values } = readArguments(args, { usage: USAGE, count: 0, options: OPTIONS });
    const filter = PEOPLE_FILTERS.find((known) => known === values.filter);
    if (!filter) throw new UsageError(USAGE, `There is no filter ${values.filter}`);
    await listPeople(context, { ...values, filter });
  },
};

/** What is listed, and how. */
export interface ListOptions {
  filter: PeopleFilter;
  search: string;
  json?: boolean | undefined;
}

/** Prints everybody whom the options select. */
export function listPeople(context: CommandContext, options: ListOptions): Promise<void> {
  const policy = readAdmissionPolicy(context.env);
  const show = createShow(context, options);
  return withStore(context, async (store) => {
    const people = options.search ? search(store, options, policy) : readAll(store);
    for await (const person of people) {
      const isAdmin = person.adminSince !== null || isConfiguredAdmin(person, policy);
      if (!isSelected(person, { ...options, isAdmin })) continue;
      await show({ ...person, isAdmin }, [describe(person, isAdmin)]);
    }
  });
}

/** In batches, each behind the one before: people come and go meanwhile. */
async function* readAll(store: Store): AsyncGenerator<PersonSummary> {
  let last: PersonSummary | undefined;
  do {
    const { createdAt = Number.MIN_SAFE_INTEGER, id = "" } = last ?? {};
    const people = await store.listPeopleAfter({ createdAt, id, limit: BATCH });
    yield* people;
    last = people.at(-1);
  } while (last);
}

async function* search(
  store: Store,
  { search: text, filter }: ListOptions,
  { adminEmails }: AdmissionPolicy,
): AsyncGenerator<PersonSummary> {
  const { people, isCut } = await store.listPeople({
    ...{ search: text, filter, order: "created", isReversed: true },
    ...{ skip: 0, limit: MAX_FOUND, configuredAdmins: adminEmails },
  });
  yield* people;
  if (isCut) throw new CommandError(`More people match: these are ${MAX_FOUND} of them`);
}

function isSelected(
  { disabledAt, googleDisabledAt }: PersonSummary,
  { filter, isAdmin }: { filter: PeopleFilter; isAdmin: boolean },
): boolean {
  const isDisabled = disabledAt !== null || googleDisabledAt !== null;
  const selected = { all: true, active: !isDisabled, admins: isAdmin, disabled: isDisabled };
  return selected[filter];
}

function describe(person: PersonSummary, isAdmin: boolean): string {
  const { id, signedInAt, disabledAt, googleDisabledAt } = person;
  const isDisabled = disabledAt !== null || googleDisabledAt !== null;
  const status = isDisabled ? "disabled" : isAdmin ? "admin" : "active";
  const day = new Date(signedInAt).toISOString().slice(0, 10);
  return `${id}  ${day}  ${status.padEnd(8)}  ${nameOf(person)}`;
}
