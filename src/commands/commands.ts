import { ADMIN_COMMANDS } from "./admin_command.ts";
import { AUDIT_COMMANDS } from "./audit_command.ts";
import { BACKUP_COMMAND } from "./backup_command.ts";
import { CHECK_CONFIG_COMMAND } from "./check_config_command.ts";
import type { Command, CommandGroup, Commands } from "./command_line.ts";
import { COPY_COMMAND } from "./copy_command.ts";
import { DOCTOR_COMMAND } from "./doctor_command.ts";
import { EXAMPLE_COMMANDS } from "./example_command.ts";
import { HEALTH_COMMAND } from "./health_command.ts";
import { MIGRATE_COMMAND } from "./migrate_command.ts";
import { PEOPLE_COMMANDS } from "./people_command.ts";
import { RESTORE_COMMAND } from "./restore_command.ts";
import { RISC_COMMANDS } from "./risc_command.ts";
import { SEED_COMMAND } from "./seed_command.ts";
import { SESSIONS_COMMANDS } from "./sessions_command.ts";
import { VERSION_COMMAND } from "./version_command.ts";

/** Every command but `serve`, by its name. */
export const COMMANDS: Commands = new Map<string, Command | CommandGroup>([
  ["admin", ADMIN_COMMANDS],
  ["audit", AUDIT_COMMANDS],
  ["backup", BACKUP_COMMAND],
  ["check-config", CHECK_CONFIG_COMMAND],
  ["copy", COPY_COMMAND],
  ["doctor", DOCTOR_COMMAND],
  ["example", EXAMPLE_COMMANDS],
  ["health", HEALTH_COMMAND],
  ["people", PEOPLE_COMMANDS],
  ["migrate", MIGRATE_COMMAND],
  ["restore", RESTORE_COMMAND],
  ["risc", RISC_COMMANDS],
  ["seed", SEED_COMMAND],
  ["sessions", SESSIONS_COMMANDS],
  ["version", VERSION_COMMAND],
]);
