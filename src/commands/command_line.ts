import type { Environment } from "../config.ts";

/** Where a command finds its settings, and where it writes what it has to say. */
export interface CommandContext {
  env: Environment;
  print: (line: string) => void;
}

/** What `foyer NAME` does, beside serving. */
export interface Command {
  summary: string;
  /** How it is called. */
  usage: string;
  /** Runs it with the words after its name. Throws {@linkcode UsageError} for those that it does not know. */
  run: (context: CommandContext, args: string[]) => Promise<void>;
}

/** A command that could not do what it was asked for; the message says why. */
export class CommandError extends Error {
  override readonly name = "CommandError";
}

/** A command that was called wrongly; the message is how to call it. */
export class UsageError extends Error {
  override readonly name = "UsageError";

  constructor(usage: string) {
    super(`Usage: ${usage}`);
  }
}
