import { COMMANDS } from "../../src/commands/commands.ts";
import { runCommand } from "../../src/commands/run_command.ts";
import type { Environment } from "../../src/config.ts";
import { MACHINE } from "../../src/machine.ts";

/** Runs `foyer ARGS` in this process, and returns its output. */
export async function runInProcess(args: string[], env: Environment = {}): Promise<string> {
  const lines: string[] = [];
  const program = { summary: "Foyer", commands: COMMANDS };
  const context = {
    ...MACHINE,
    env,
    print: (line: string) => void lines.push(line),
    showProgress: () => {},
  };
  await runCommand(program, { args, context });
  return lines.join("\n");
}
