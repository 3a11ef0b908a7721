import type { PersonSummary } from "../../db/contract/people_list.ts";
import { type CommandGroup, UsageError } from "./command_line.ts";
import { nameOf } from "./find_person.ts";
import { LAST_ADMINISTRATOR } from "./last_administrator.ts";
import { PEOPLE_LIST } from "./people_list.ts";
import { PEOPLE_SHOW } from "./people_show.ts";
import { personAct, type Question } from "./person_act.ts";

const DISABLE = personAct({
  call: "foyer people disable",
  summary: "Disables an account, and ends its sessions",
  about: `Disables an account and ends all its sessions, until somebody enables it.\n\n${LAST_ADMINISTRATOR}`,
  act: "disable",
  says: {
    done: () => "is disabled, and signed out on every device",
    unchanged: () => "is disabled already",
  },
});

const ENABLE = personAct({
  call: "foyer people enable",
  summary: "Enables an account again",
  about: "Enables an account that an administrator has disabled. Its old sessions stay ended.",
  act: "enable",
  says: {
    done: ({ person }) => `is enabled${exceptGoogle(person)}`,
    unchanged: ({ person }) => `is not disabled by an administrator${exceptGoogle(person)}`,
  },
});

const DELETE = personAct({
  call: "foyer people delete",
  summary: "Deletes an account and all data about its person",
  about: `Deletes an account and all data about its person, for good. Asks first; without a terminal it requires --yes. To keep somebody out, disable the account instead: a deleted one can sign up again.\n\n${LAST_ADMINISTRATOR}`,
  act: "deletePerson",
  says: {
    done: () => "is deleted, with all data about them",
    unchanged: () => "is deleted already",
  },
  asks: confirm,
});

/** `foyer people`: accounts, and acts on them. */
export const PEOPLE_COMMANDS: CommandGroup = {
  summary: "Lists people, and disables, enables or deletes their accounts",
  commands: new Map([
    ["list", PEOPLE_LIST],
    ["show", PEOPLE_SHOW],
    ["disable", DISABLE],
    ["enable", ENABLE],
    ["delete", DELETE],
  ]),
};

function exceptGoogle({ googleDisabledAt }: PersonSummary): string {
  return googleDisabledAt === null
    ? ""
    : ", but Google has disabled the account: only Google enables it again";
}

async function confirm({ person, isConfirmed, usage, context }: Question): Promise<boolean> {
  if (isConfirmed) return true;
  const question = `Delete ${nameOf(person)} and all data about them, for good? Type yes: `;
  const answer = await context.ask(question);
  if (answer === null) throw new UsageError(usage, "Deleting cannot be undone: add --yes");
  return answer.trim().toLowerCase() === "yes";
}
