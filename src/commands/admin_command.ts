import {
  type Command,
  type CommandContext,
  CommandError,
  type CommandGroup,
  readArguments,
} from "./command_line.ts";
import { withStore } from "./with_store.ts";

const ADD_USAGE = `foyer admin add ADDRESS

Makes the person with this address an administrator. The person must have signed in before.`;

/** Adding an admin takes no rights from anyone, so no setting matters. */
const NO_POLICY = {
  configuredAdmins: new Set<string>(),
  admit: () => ({ mayEnter: true, isAdmin: false }),
};

const ADD: Command = {
  summary: "Makes a person an administrator",
  usage: ADD_USAGE,
  run: async (context, args) => {
    const { positionals } = readArguments(args, { usage: ADD_USAGE, count: 1, options: {} });
    await addAdmin(positionals[0] ?? "", context);
  },
};

/** `foyer admin`: adds the first admin if `ADMIN_EMAILS` names none. */
export const ADMIN_COMMANDS: CommandGroup = {
  summary: "Adds administrators",
  commands: new Map([["add", ADD]]),
};

function addAdmin(email: string, context: CommandContext): Promise<void> {
  const { now, print } = context;
  return withStore(context, async (store) => {
    const [person, ...others] = await store.findPeopleByEmail(email);
    if (!person) throw new CommandError(`No person with the address ${email} has signed in yet`);
    // An address can move from one Google account to another.
    if (others.length > 0) throw new CommandError(`Several people have used the address ${email}`);
    const act = { userId: person.id, policy: NO_POLICY };
    const audit = { now: now(), actorId: null, network: "", userAgent: "" };
    const outcome = await store.addAdmin(act, audit);
    const state =
      outcome === "unchanged" ? "is already an administrator" : "is now an administrator";
    print(`${person.name} <${person.email}> ${state}.`);
  });
}
