import { parseArgs, type ParseArgsConfig } from "node:util";

import type { Environment } from "../config.ts";
import type { Machine } from "../machine.ts";
import type { Terminal } from "../process/terminal.ts";

/** What a command gets from outside. */
export interface CommandContext extends Machine, Terminal {
  env: Environment;
}

/** A command, `foyer NAME`. */
export interface Command {
  summary: string;
  /** The arguments, explained. The first line is the call. */
  usage: string;
  /** Runs with the arguments after the name. Throws {@linkcode UsageError} for wrong ones. */
  run: (context: CommandContext, args: string[]) => Promise<void>;
}

/** Commands by their names; one may be a group of others, `foyer GROUP NAME`. */
export type Commands = ReadonlyMap<string, Command | CommandGroup>;

/** Commands about the same thing. */
export interface CommandGroup {
  summary: string;
  commands: Commands;
}

/** A command failed; the message says why. */
export class CommandError extends Error {
  override readonly name = "CommandError";
}

/** A command has wrong arguments; the message is its usage, and what is wrong. */
export class UsageError extends Error {
  override readonly name = "UsageError";

  constructor(usage: string, mistake?: string) {
    super(`${mistake ? `${mistake}\n\n` : ""}Usage: ${usage}`);
  }
}

/** The arguments before `--`: what comes behind it is no option, whatever it looks like. */
export function optionsOf(args: string[]): string[] {
  const end = args.indexOf("--");
  return end === -1 ? args : args.slice(0, end);
}

/** How a command is called: its usage, how many positional arguments it takes, and its options. */
interface ArgumentRules<T> {
  usage: string;
  count: number;
  options: T;
}

/** Reads the arguments of a command. Throws {@linkcode UsageError} for wrong ones. */
export function readArguments<const T extends NonNullable<ParseArgsConfig["options"]>>(
  args: string[],
  { usage, count, options }: ArgumentRules<T>,
) {
  const parsed = parseOrThrow(args, usage, options);
  if (parsed.positionals.length === count && !parsed.positionals.includes("")) return parsed;
  throw new UsageError(usage);
}

function parseOrThrow<const T extends NonNullable<ParseArgsConfig["options"]>>(
  args: string[],
  usage: string,
  options: T,
) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(usage, (error as Error).message);
  }
}
