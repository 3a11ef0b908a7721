import { type Command, type CommandContext, CommandError, UsageError } from "./command_line.ts";
import { withStore } from "./with_store.ts";

const USAGE = `foyer admin add ADDRESS

  add  Makes the person with that address an administrator; they must have signed in before`;

/** Making an administrator takes nothing from anybody, so no setting counts. */
const NO_POLICY = {
  configuredAdmins: new Set<string>(),
  admit: () => ({ mayEnter: true, isAdmin: false }),
};

/** `foyer admin`: makes the first administrator, where no setting names one. */
export const ADMIN_COMMAND: Command = {
  summary: "Makes somebody an administrator",
  usage: USAGE,
  run: async (context, args) => {
    const [action, email, ...more] = args;
    if (action !== "add" || !email || more.length > 0) throw new UsageError(USAGE);
    await addAdministrator(email, context);
  },
};

function addAdministrator(email: string, { env, print }: CommandContext): Promise<void> {
  return withStore(env, async (store) => {
    const [person, ...others] = await store.findPeopleByEmail(email);
    if (!person) throw new CommandError(`Nobody with the address ${email} has signed in yet`);
    // An address may have passed from one account of Google's to another.
    if (others.length > 0) throw new CommandError(`Several people have had the address ${email}`);
    const act = { userId: person.id, policy: NO_POLICY };
    const audit = { now: Date.now(), actorId: null, network: "", userAgent: "" };
    const outcome = await store.addAdmin(act, audit);
    const is = outcome === "unchanged" ? "was an administrator already" : "is an administrator now";
    print(`${person.name} <${person.email}> ${is}.`);
  });
}
