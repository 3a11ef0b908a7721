import { type Config, ConfigError, type Environment, readConfig } from "../config.ts";
import { findUnknownVariables, type UnknownVariable } from "./names.ts";

/** What is right and wrong with an environment. */
export interface ConfigCheck {
  /** `null` if there are mistakes. */
  config: Config | null;
  /** Foyer does not start with them. */
  mistakes: readonly string[];
  /** Foyer starts, and does not heed them. */
  unknown: UnknownVariable[];
}

/** Reads all settings, and looks for misspelt names. */
export function checkConfig(env: Environment): ConfigCheck {
  const unknown = findUnknownVariables(env);
  try {
    return { config: readConfig(env), mistakes: [], unknown };
  } catch (error) {
    if (error instanceof ConfigError) return { config: null, mistakes: error.mistakes, unknown };
    throw error;
  }
}
