import * as read from "./config_values.ts";

/** How the sign-in button is made. */
export type GoogleSignIn = "html" | "js" | "fedcm";

/** Addresses in ASCII lower case, and whole domains, without the `@`. */
export interface EmailList {
  readonly addresses: ReadonlySet<string>;
  readonly domains: ReadonlySet<string>;
}

/** All that the environment decides, checked; frozen. */
export interface Config {
  readonly port: number;
  readonly host: string;
  /** The public origin, as a browser writes it in `Origin`. */
  readonly origin: string;
  /** Where the SQLite file is, or `:memory:`. */
  readonly databasePath: string;
  readonly googleClientId: string;
  readonly googleSignIn: GoogleSignIn;
  /** Whether the button opens a popup, or leaves the page and comes back by a form of Google's. */
  readonly googleUxMode: "popup" | "redirect";
  /** Whether anonymous people are offered the One Tap prompt besides. */
  readonly googleOneTap: boolean;
  readonly googleHostedDomain: string | null;
  /** Who may sign in; `null` means everybody. */
  readonly allowedEmails: EmailList | null;
  readonly adminEmails: ReadonlySet<string>;
  /** Whether anybody who is admitted may create an account, or only who was invited. */
  readonly signUp: "open" | "closed";
  /** Milliseconds for which the record is kept. */
  readonly auditRetentionMs: number;
  /** Milliseconds of inactivity until a session ends. */
  readonly sessionMaxAgeMs: number;
  /** Milliseconds until a session ends, however active. */
  readonly sessionLifetimeMs: number;
  /** Sign-in attempts a minute and client address; 0 is no limit. */
  readonly signInLimit: number;
  readonly googleJwksUrl: string;
  /** The origin of Google's accounts pages and of its script. */
  readonly googleAccountsUrl: string;
}

/** Names of environment variables to their values. */
export type Environment = Record<string, string | undefined>;

/** Every mistake in an environment; the message lists them, a line each. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly mistakes: readonly string[];

  constructor(mistakes: readonly string[]) {
    super(`Foyer cannot start:\n${mistakes.map((mistake) => `  - ${mistake}`).join("\n")}`);
    this.mistakes = mistakes;
  }
}

const DAY_MS = 86_400_000;
const DATABASE_PATH = "foyer.db";
const JWKS_URL = "https://www.googleapis.com/oauth2/v3/certs";
const ACCOUNTS_URL = "https://accounts.google.com";

/** Where the SQLite file is, for commands that need nothing else. Throws {@linkcode ConfigError}. */
export function readDatabasePath({ DATABASE_URL }: Environment): string {
  return DATABASE_URL
    ? readAlone("DATABASE_URL", () => read.databasePath(DATABASE_URL))
    : DATABASE_PATH;
}

/** Parses one variable by itself, for commands. Throws {@linkcode ConfigError}. */
export function readAlone<T>(name: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new ConfigError([`${name} ${(error as Error).message}`]);
  }
}

/** Reads and checks `env`. Throws one {@linkcode ConfigError} that names every mistake. */
export function readConfig(env: Environment): Config {
  const mistakes: string[] = [];

  function variable<T>(name: string, parse: (text: string) => T, fallback: T): T {
    const text = env[name];
    if (text === undefined || text === "") return fallback;
    try {
      return parse(text);
    } catch (error) {
      mistakes.push(`${name} ${(error as Error).message}`);
      return fallback;
    }
  }

  const port = variable("PORT", read.integer(1, 65_535), 3000);
  const origin = variable("ORIGIN", read.origin, `http://localhost:${port}`);
  const isLocal = read.isLoopback(new URL(origin).hostname);
  const host = variable("HOST", read.host, isLocal ? "localhost" : "0.0.0.0");
  const config: Config = {
    port,
    host,
    origin,
    databasePath: variable("DATABASE_URL", read.databasePath, DATABASE_PATH),
    googleClientId: variable("GOOGLE_OAUTH2_CLIENT_ID", read.clientId, ""),
    googleSignIn: variable("GOOGLE_SIGN_IN", read.oneOf(["html", "js", "fedcm"]), "html"),
    googleUxMode: variable("GOOGLE_UX_MODE", read.oneOf(["popup", "redirect"]), "popup"),
    googleOneTap: variable("GOOGLE_ONE_TAP", read.oneOf(["true", "false"]), "false") === "true",
    googleHostedDomain: variable("GOOGLE_HOSTED_DOMAIN", read.domain, null),
    allowedEmails: variable("ALLOWED_EMAILS", read.emailList, null),
    adminEmails: variable("ADMIN_EMAILS", read.addresses, new Set<string>()),
    signUp: variable("SIGN_UP", read.oneOf(["open", "closed"]), "open"),
    auditRetentionMs: DAY_MS * variable("AUDIT_RETENTION_DAYS", read.integer(1, 36_500), 400),
    sessionMaxAgeMs: 1000 * variable("SESSION_MAX_AGE", read.integer(1, read.LONGEST_SECONDS), 600),
    sessionLifetimeMs:
      1000 * variable("SESSION_LIFETIME", read.integer(1, read.LONGEST_SECONDS), 604_800),
    signInLimit: variable("SIGN_IN_LIMIT", read.integer(0, 1_000_000), 60),
    googleJwksUrl: variable("GOOGLE_JWKS_URL", read.url, JWKS_URL),
    googleAccountsUrl: variable("GOOGLE_ACCOUNTS_URL", read.origin, ACCOUNTS_URL),
  };

  if (!env.GOOGLE_OAUTH2_CLIENT_ID) {
    mistakes.push(
      "GOOGLE_OAUTH2_CLIENT_ID is required: the client id of your Google project (README, “Going to production”)",
    );
  }
  const isOriginKnown = !mistakes.some((mistake) => mistake.startsWith("ORIGIN "));
  if (isOriginKnown && isLocal && !read.isLoopback(host)) {
    mistakes.push(
      `HOST "${host}" can be reached from other machines, but ORIGIN "${origin}" cannot: set ORIGIN to the public https origin`,
    );
  }
  if (config.googleSignIn === "fedcm") {
    // Both are done by Google's script, and this way has none.
    const excluded = "and GOOGLE_SIGN_IN=fedcm exclude each other";
    if (config.googleOneTap) mistakes.push(`GOOGLE_ONE_TAP=true ${excluded}`);
    if (config.googleUxMode === "redirect") mistakes.push(`GOOGLE_UX_MODE=redirect ${excluded}`);
  }
  if (config.sessionLifetimeMs < config.sessionMaxAgeMs) {
    mistakes.push("SESSION_LIFETIME must be at least SESSION_MAX_AGE");
  }
  if (!(isLocal && read.isLoopback(host))) {
    for (const name of ["GOOGLE_JWKS_URL", "GOOGLE_ACCOUNTS_URL"]) {
      if (env[name]) mistakes.push(`${name} is for a stand-in on this machine: unset it`);
    }
  }
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  return Object.freeze(config);
}
