import { ConfigError, type Environment, readConfig } from "../../src/config.ts";

/** The least that a server on this machine needs, and one with a public origin. */
export const CLIENT: Environment = { GOOGLE_OAUTH2_CLIENT_ID: "client" };
export const PUBLIC: Environment = { ...CLIENT, ORIGIN: "https://app.example.com" };

/** What is wrong with an environment. */
export function mistakesIn(env: Environment): readonly string[] {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes;
    throw error;
  }
}
