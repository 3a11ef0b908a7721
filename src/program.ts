import { type Command, type CommandGroup, readArguments } from "./commands/command_line.ts";
import { COMMANDS } from "./commands/commands.ts";
import { runCommand } from "./commands/run_command.ts";
import { MACHINE } from "./machine.ts";
import { createTerminal } from "./process/terminal.ts";

/** Runs the command that `args` begin with. Throws `UsageError` if there is none. */
export async function runProgram(host: NodeJS.Process, args: string[]): Promise<void> {
  const program = {
    summary: "A front door for web applications: Sign in with Google, and sessions",
    commands: new Map<string, Command | CommandGroup>([
      ["serve", describeServe(host)],
      ...COMMANDS,
    ]),
  };
  const context = { ...MACHINE, ...createTerminal(host), env: host.env };
  const [name = "serve", ...rest] = args;
  const command = name === "--version" ? "version" : name;
  await runCommand(program, { args: [command, ...rest], context });
}

/** The server as a command: for its help, and for arguments that it does not take. */
function describeServe(host: NodeJS.Process): Command {
  const usage = `foyer [serve]

Starts the server. The README lists the environment variables that configure it.`;
  return {
    summary: "Starts the server; what is done without a command",
    usage,
    run: async (_context, args) => {
      readArguments(args, { usage, count: 0, options: {} });
      // No command but this one needs the server's modules.
      const { serve } = await import("./serve.ts");
      await serve(host);
    },
  };
}
