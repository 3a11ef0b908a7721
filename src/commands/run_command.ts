import {
  type Command,
  type CommandContext,
  type CommandGroup,
  optionsOf,
  UsageError,
} from "./command_line.ts";

/**
 * Runs the command that `args` begin with, or prints its usage for `--help`. Throws {@linkcode UsageError} if there
 * is none of that name.
 */
export async function runCommand(
  program: CommandGroup,
  { args, context }: { args: string[]; context: CommandContext },
): Promise<void> {
  const { command, call, rest } = find(program, { call: "foyer", rest: args });
  const isHelp = optionsOf(rest).some((arg) => arg === "--help" || arg === "-h");
  if ("run" in command) {
    if (isHelp) return context.print(`Usage: ${command.usage}`);
    return await command.run(context, rest);
  }
  const usage = describeGroup(command, call);
  if (isHelp) return context.print(`Usage: ${usage}`);
  throw new UsageError(usage, rest[0] === undefined ? undefined : `There is no ${call} ${rest[0]}`);
}

interface Found {
  command: Command | CommandGroup;
  /** What was written to come here. */
  call: string;
  rest: string[];
}

function find(group: CommandGroup, { call, rest }: Omit<Found, "command">): Found {
  const [name = "", ...more] = rest;
  const command = group.commands.get(name);
  if (!command) return { command: group, call, rest };
  const next = { call: `${call} ${name}`, rest: more };
  return "run" in command ? { command, ...next } : find(command, next);
}

function describeGroup({ summary, commands }: CommandGroup, call: string): string {
  const width = Math.max(...[...commands.keys()].map((name) => name.length));
  const lines = [...commands].map(([name, one]) => `  ${name.padEnd(width)}  ${one.summary}`);
  return `${call} COMMAND\n\n${summary}.\n\nCommands:\n${lines.join("\n")}\n\n“${call} COMMAND --help” explains one.`;
}
