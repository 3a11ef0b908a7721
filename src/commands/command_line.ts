import type { Environment } from "../config.ts";
import type { Machine } from "../machine.ts";

/** The settings of a command, its machine, and where it prints its output. */
export interface CommandContext extends Pick<Machine, "now" | "random"> {
  env: Environment;
  print: (line: string) => void;
}

/** A command, `foyer NAME`. */
export interface Command {
  summary: string;
  /** The arguments, explained. */
  usage: string;
  /** Runs with the arguments after the name. Throws {@linkcode UsageError} for wrong ones. */
  run: (context: CommandContext, args: string[]) => Promise<void>;
}

/** A command failed; the message says why. */
export class CommandError extends Error {
  override readonly name = "CommandError";
}

/** A command has wrong arguments; the message is its usage. */
export class UsageError extends Error {
  override readonly name = "UsageError";

  constructor(usage: string) {
    super(`Usage: ${usage}`);
  }
}
