import { auditWithoutActor } from "../../db/contract/audit.ts";
import type { PeoplePolicy, PeopleStore } from "../../db/contract/people.ts";
import type { PersonSummary } from "../../db/contract/people_list.ts";
import { isConfiguredAdmin, peoplePolicy } from "../auth/admission.ts";
import { readAdmissionPolicy } from "../config.ts";
import { type Command, type CommandContext, CommandError, readArguments } from "./command_line.ts";
import { findPerson, nameOf } from "./find_person.ts";
import { createShow, JSON_OPTION } from "./show.ts";
import { withStore } from "./with_store.ts";

/** A person before an act. */
export interface ActSubject {
  person: PersonSummary;
  /** Whether `ADMIN_EMAILS` makes them an administrator. */
  isConfiguredAdmin: boolean;
}

/** A command that acts on one person. */
export interface PersonActRules {
  /** The call without its arguments: `foyer people disable`. */
  call: string;
  summary: string;
  /** What the help explains further. */
  about: string;
  act: "disable" | "enable" | "deletePerson" | "addAdmin" | "removeAdmin";
  /** The rest of the sentence that begins with the person. */
  says: Record<"done" | "unchanged", (subject: ActSubject) => string>;
  /** The same, why the command refuses to act; `null` if it does not. */
  refuses?: (subject: ActSubject) => string | null;
  /** Requires `--yes`, or a yes on the terminal. */
  asks?: (question: Question) => Promise<boolean>;
}

/** What is asked before an act that cannot be undone. */
export interface Question {
  person: PersonSummary;
  isConfirmed: boolean;
  usage: string;
  context: CommandContext;
}

const YES_OPTION = { yes: { type: "boolean" } } as const;

/** Creates the command of an act on one person. */
export function personAct(rules: PersonActRules): Command {
  const { call, summary, about, asks } = rules;
  const usage = `${call} ADDRESS|ID${asks ? " [--yes]" : ""} [--json]\n\n${about}`;
  const options = { ...JSON_OPTION, ...(asks ? YES_OPTION : {}) };
  return {
    summary,
    usage,
    run: async (context, args) => {
      const { positionals, values } = readArguments(args, { usage, count: 1, options });
      const policy = readAdmissionPolicy(context.env);
      await withStore(context, async (store) => {
        const person = await findPerson(positionals[0] ?? "", store);
        const subject = { person, isConfiguredAdmin: isConfiguredAdmin(person, policy) };
        const isConfirmed = "yes" in values && values.yes === true;
        if (asks && !(await asks({ person, isConfirmed, usage, context }))) {
          throw new CommandError("Nothing was changed");
        }
        const done = await act(rules, { store, subject, policy: peoplePolicy(policy), context });
        const { id, name, email } = person;
        const value = { outcome: done.outcome, person: { id, name, email } };
        await createShow(context, values)(value, [`${nameOf(person)} ${done.said}.`]);
      });
    },
  };
}

interface ActContext {
  store: PeopleStore;
  subject: ActSubject;
  policy: PeoplePolicy;
  context: CommandContext;
}

async function act(
  { act: name, says, refuses }: PersonActRules,
  { store, subject, policy, context }: ActContext,
) {
  const { person } = subject;
  const refusal = refuses?.(subject) ?? null;
  if (refusal) throw new CommandError(`${nameOf(person)} ${refusal}`);
  const outcome = await store[name](
    { userId: person.id, policy },
    auditWithoutActor(context.now()),
  );
  if (outcome === "not_found") throw new CommandError(`${nameOf(person)} was deleted meanwhile`);
  if (outcome === "last_administrator") {
    throw new CommandError(
      `${nameOf(person)} is the last administrator who may sign in, by the settings in this environment. Add another one before: foyer admin add ADDRESS`,
    );
  }
  return { outcome, said: says[outcome](subject) };
}
