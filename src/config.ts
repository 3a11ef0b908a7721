import { readServerAddress, type ServerAddress } from "./config/address.ts";
import { type AdmissionSettings, readAdmission } from "./config/admission.ts";
import { type Brand, readBrand } from "./config/brand.ts";
import { findConflicts } from "./config/conflicts.ts";
import { type DatabaseAddress, readDatabase } from "./config/database.ts";
import { type GoogleSettings, readGoogle } from "./config/google.ts";
import { LOOPBACK, type Network, networks } from "./config/networks.ts";
import { type Operation, readOperation } from "./config/operation.ts";
import { createReader, type ReadVariable } from "./config/reader.ts";
import { type ForwardAuth, readForwardAuth } from "./config/sites.ts";
import * as read from "./config/values.ts";

/** All settings, checked and frozen. */
export interface Config
  extends Operation, ServerAddress, GoogleSettings, AdmissionSettings, ForwardAuth {
  readonly database: DatabaseAddress;
  /** Whether every admitted person may create an account, or only an invited one. */
  readonly signUp: "open" | "closed";
  /** How long audit events are kept, in milliseconds. */
  readonly auditRetentionMs: number;
  /** Milliseconds of inactivity until a session ends. */
  readonly sessionMaxAgeMs: number;
  /** Milliseconds until a session expires, even if it is active. */
  readonly sessionLifetimeMs: number;
  /** Whether browsers are offered to bind their sessions to the device. */
  readonly offersBinding: boolean;
  /** Refused sign-in attempts a minute and client address; 0 means no limit. */
  readonly signInLimit: number;
  /** The proxies whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly Network[];
  readonly brand: Brand;
}

/** Environment variables by name. */
export type Environment = Record<string, string | undefined>;

/** Every mistake in the settings; the message lists them, one per line. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly mistakes: readonly string[];

  constructor(mistakes: readonly string[]) {
    super(`Foyer cannot start:\n${mistakes.map((mistake) => `  - ${mistake}`).join("\n")}`);
    this.mistakes = mistakes;
  }
}

const DAY_MS = 86_400_000;
const RETENTION_DAYS = 400;
const parseRetention = read.integer(1, 36_500);

/** Where the database is, for commands that need no other setting. Throws {@linkcode ConfigError}. */
export function readDatabaseAddress(env: Environment): DatabaseAddress {
  return readAlone(env, readDatabase);
}

/** How long the audit log is kept, in milliseconds, for commands that need no other setting. Throws {@linkcode ConfigError}. */
export function readAuditRetention({ AUDIT_RETENTION_DAYS: text }: Environment): number {
  return (
    DAY_MS *
    (text ? parseVariable("AUDIT_RETENTION_DAYS", () => parseRetention(text)) : RETENTION_DAYS)
  );
}

/** Who may sign in and who is an administrator, for commands that need no other setting. Throws {@linkcode ConfigError}. */
export function readAdmissionPolicy(env: Environment): AdmissionSettings {
  return readAlone(env, readAdmission);
}

/** Reads a part of the settings. Throws {@linkcode ConfigError}. */
function readAlone<T>(env: Environment, read: (variable: ReadVariable) => T): T {
  const mistakes: string[] = [];
  const value = read(createReader(env, mistakes));
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  return value;
}

/** Parses one variable for a command. Throws {@linkcode ConfigError}. */
export function parseVariable<T>(name: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new ConfigError([`${name} ${(error as Error).message}`]);
  }
}

/**
 * Whether browsers can bind sessions of this origin. Where the session cookie also opens applications on other ports,
 * they would close after ten minutes: browsers prove the device to our own origin only.
 */
function canBind(origin: string, { sites, cookieDomain }: ForwardAuth): boolean {
  return origin.startsWith("https:") && (sites.length === 0 || cookieDomain !== null);
}

/** Reads and checks all settings. Throws one {@linkcode ConfigError} that names every mistake. */
export function readConfig(env: Environment): Config {
  const mistakes: string[] = [];
  const variable = createReader(env, mistakes);
  const operation = readOperation(variable);
  const address = readServerAddress(variable, { hasTls: Boolean(env.TLS_CERT) });
  const forwardAuth = readForwardAuth(variable);
  const config: Config = {
    ...address,
    database: readDatabase(variable),
    ...readGoogle(variable),
    ...readAdmission(variable),
    signUp: variable("SIGN_UP", read.oneOf(["open", "closed"]), "open"),
    auditRetentionMs: DAY_MS * variable("AUDIT_RETENTION_DAYS", parseRetention, RETENTION_DAYS),
    sessionMaxAgeMs: 1000 * variable("SESSION_MAX_AGE", read.integer(1, read.MAX_SECONDS), 600),
    sessionLifetimeMs:
      1000 * variable("SESSION_LIFETIME", read.integer(1, read.MAX_SECONDS), 604_800),
    offersBinding:
      variable("SESSION_BINDING", read.oneOf(["offer", "off"]), "offer") === "offer" &&
      canBind(address.origin, forwardAuth),
    signInLimit: variable("SIGN_IN_LIMIT", read.integer(0, 1_000_000), 60),
    trustedProxies: variable("TRUSTED_PROXIES", networks, LOOPBACK),
    brand: readBrand(variable),
    ...forwardAuth,
    ...operation,
  };

  if (!env.GOOGLE_OAUTH2_CLIENT_ID) {
    mistakes.push(
      "GOOGLE_OAUTH2_CLIENT_ID is required: the client id of your Google project (README, “Going to production”)",
    );
  }
  const hasOrigin = !mistakes.some((mistake) => mistake.startsWith("ORIGIN "));
  mistakes.push(...findConflicts({ ...config, origin: hasOrigin ? config.origin : null }, env));
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  return Object.freeze(config);
}
