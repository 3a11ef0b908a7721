import type { CommandContext } from "../../src/commands/command_line.ts";
import { COMMANDS } from "../../src/commands/commands.ts";
import { runCommand } from "../../src/commands/run_command.ts";
import type { Environment } from "../../src/config.ts";
import { MACHINE } from "../../src/machine.ts";
import type { Terminal } from "../../src/process/terminal.ts";

/** What a command gets that runs without a terminal; its output goes to `lines`. */
export function contextOf(env: Environment, lines: string[] = []): CommandContext {
  return {
    ...MACHINE,
    env,
    print: (line) => void lines.push(line),
    writeLine: async (line) => void lines.push(line),
    showProgress: () => {},
    ask: async () => null,
    finishing: (act) => act(new AbortController().signal),
    untilStopped: () => new AbortController().signal,
  };
}

/** Runs `foyer ARGS` in this process, and returns its output. There is no terminal, unless `overrides` bring one. */
export async function runInProcess(
  args: string[],
  env: Environment = {},
  overrides: Partial<Terminal> = {},
): Promise<string> {
  const lines: string[] = [];
  const program = { summary: "Foyer", commands: COMMANDS };
  const context = { ...contextOf(env, lines), ...overrides };
  await runCommand(program, { args, context });
  return lines.join("\n");
}
