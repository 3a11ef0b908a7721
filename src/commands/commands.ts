import { ADMIN_COMMAND } from "./admin_command.ts";
import { AUDIT_COMMAND } from "./audit_command.ts";
import type { Command } from "./command_line.ts";
import { RISC_COMMAND } from "./risc_command.ts";
import { SEED_COMMAND } from "./seed_command.ts";

/** Every command by its name. */
export const COMMANDS: ReadonlyMap<string, Command> = new Map([
  ["seed", SEED_COMMAND],
  ["admin", ADMIN_COMMAND],
  ["audit", AUDIT_COMMAND],
  ["risc", RISC_COMMAND],
]);
