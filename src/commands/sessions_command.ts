import { auditWithoutActor } from "../../db/contract/audit.ts";
import {
  type Command,
  type CommandContext,
  type CommandGroup,
  optionsOf,
  readArguments,
} from "./command_line.ts";
import { findPerson, nameOf } from "./find_person.ts";
import { createShow, JSON_OPTION } from "./show.ts";
import { withStore } from "./with_store.ts";

const BATCH = 100;

const USAGE = `foyer sessions end ADDRESS|ID [--json]
       foyer sessions end --all [--json]

Ends all sessions of a person, or of everybody: they have to sign in again.`;

const OPTIONS = { ...JSON_OPTION, all: { type: "boolean" } } as const;

const END: Command = {
  summary: "Signs a person out on every device, or everybody",
  usage: USAGE,
  run: async (context, args) => {
    const isAll = optionsOf(args).includes("--all");
    const rules = { usage: USAGE, count: isAll ? 0 : 1, options: OPTIONS };
    const { positionals, values } = readArguments(args, rules);
    const [person = ""] = positionals;
    await (isAll ? endAll(context, values) : endOf(person, { ...values, context }));
  },
};

/** `foyer sessions`: who is signed in. */
export const SESSIONS_COMMANDS: CommandGroup = {
  summary: "Ends sessions",
  commands: new Map([["end", END]]),
};

function endOf(
  argument: string,
  { context, ...values }: { context: CommandContext; json?: boolean | undefined },
): Promise<void> {
  return withStore(context, async (store) => {
    const person = await findPerson(argument, store);
    const { id, name, email } = person;
    const owner = { userId: id, exceptId: null };
    const sessions = await store.endSessionsOf(owner, auditWithoutActor(context.now()));
    const value = { sessions, person: { id, name, email } };
    await createShow(context, values)(value, [`${nameOf(person)}: ${count(sessions)} ended.`]);
  });
}

/** In batches, so that the server can write in between. */
function endAll(context: CommandContext, values: { json?: boolean | undefined }): Promise<void> {
  return withStore(context, async (store) => {
    const ended = { sessions: 0, people: 0 };
    for (let after: string | null = ""; after !== null;) {
      const batch = await store.endAllSessions(
        { after, limit: BATCH },
        auditWithoutActor(context.now()),
      );
      ended.sessions += batch.sessions;
      ended.people += batch.people;
      after = batch.last;
      context.showProgress(`${count(ended.sessions)} ended`);
    }
    context.showProgress("");
    const people = ended.people === 1 ? "1 person" : `${ended.people} people`;
    const line = `${count(ended.sessions)} of ${people} ended.`;
    await createShow(context, values)(ended, [line]);
  });
}

function count(sessions: number): string {
  return sessions === 1 ? "1 session" : `${sessions} sessions`;
}
