import { type Command, type CommandGroup, readArguments } from "./command_line.ts";
import { LAST_ADMINISTRATOR } from "./last_administrator.ts";
import { listPeople } from "./people_list.ts";
import { personAct } from "./person_act.ts";
import { JSON_OPTION } from "./show.ts";

const BY_SETTINGS = "an administrator by ADMIN_EMAILS";

const ADD = personAct({
  call: "foyer admin add",
  summary: "Makes a person an administrator",
  about: "Makes a person an administrator. The person must have signed in before.",
  act: "addAdmin",
  says: {
    done: () => "is now an administrator",
    unchanged: () => "is already an administrator",
  },
});

const REMOVE = personAct({
  call: "foyer admin remove",
  summary: "Takes the admin role from a person",
  about: `Takes the admin role from a person. An administrator by ADMIN_EMAILS stays one until the address is removed there.\n\n${LAST_ADMINISTRATOR}`,
  act: "removeAdmin",
  refuses: ({ person, isConfiguredAdmin }) =>
    isConfiguredAdmin && person.adminSince === null
      ? `is ${BY_SETTINGS}: remove the address there`
      : null,
  says: {
    done: ({ isConfiguredAdmin }) =>
      isConfiguredAdmin ? `stays ${BY_SETTINGS}` : "is no longer an administrator",
    unchanged: () => "is not an administrator",
  },
});

const LIST_USAGE = `foyer admin list [--json]

Lists administrators, as “foyer people list --filter admins” does.`;

const LIST: Command = {
  summary: "Lists administrators",
  usage: LIST_USAGE,
  run: async (context, args) => {
    const { values } = readArguments(args, { usage: LIST_USAGE, count: 0, options: JSON_OPTION });
    await listPeople(context, { filter: "admins", search: "", ...values });
  },
};

/** `foyer admin`: who has the admin role. */
export const ADMIN_COMMANDS: CommandGroup = {
  summary: "Adds, removes and lists administrators",
  commands: new Map([
    ["add", ADD],
    ["remove", REMOVE],
    ["list", LIST],
  ]),
};
