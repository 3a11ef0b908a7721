import { type Config, ConfigError } from "../config.ts";
import { checkConfig } from "../config/check.ts";
import { showDatabase } from "../config/database.ts";
import { describeUnknown } from "../config/names.ts";
import { type Command, readArguments } from "./command_line.ts";
import { createShow, JSON_OPTION } from "./show.ts";

const DAY_MS = 86_400_000;

/** `foyer check-config`: what the environment says, without starting. */
export const CHECK_CONFIG_COMMAND: Command = {
  summary: "Checks the environment variables, and shows what the server would do",
  usage: `foyer check-config [--json]

Names every mistake in the environment variables, and those that look like misspelt ones. Shows what the server
would do with them. Starts nothing, and opens no database. The exit code is 2 if there are mistakes.

--json  Shows one JSON value`,
  run: async (context, args) => {
    const { usage } = CHECK_CONFIG_COMMAND;
    const { values } = readArguments(args, { usage, count: 0, options: JSON_OPTION });
    const { config, mistakes, unknown } = checkConfig(context.env);
    const plan = config && describePlan(config);
    const warnings = unknown.map((variable) => ["warning", describeUnknown(variable)] as const);
    const lines = [...warnings, ...(plan ? sayPlan(plan) : [])].map(
      ([name, text]) => name.padEnd(11) + text,
    );
    const isValid = config !== null;
    await createShow(context, values)({ isValid, mistakes, unknown, plan }, lines);
    if (!isValid) throw new ConfigError(mistakes);
  },
};

/** What the server would do; addresses of people are only counted. */
interface Plan {
  origin: string;
  host: string;
  port: number;
  metrics: Config["metrics"];
  /** Who speaks TLS. */
  https: "foyer" | "proxy" | "nobody";
  database: string;
  /** Who may sign in: `null` is everybody. */
  hostedDomain: string | null;
  allowed: { domains: string[]; addresses: number } | null;
  signUp: Config["signUp"];
  admins: number;
  /** How they sign in to Google in order to act; `null` is anyhow. */
  adminAmr: string[] | null;
  accountRetentionDays: number | null;
  auditRetentionDays: number;
}

function describePlan(config: Config): Plan {
  const { origin, tls, allowedEmails, accountRetentionMs } = config;
  const proxyOrNobody = origin.startsWith("https:") ? "proxy" : "nobody";
  return {
    origin,
    host: config.host,
    port: config.port,
    metrics: config.metrics,
    https: tls ? "foyer" : proxyOrNobody,
    database: showDatabase(config.database),
    hostedDomain: config.googleHostedDomain,
    allowed: allowedEmails && {
      domains: [...allowedEmails.domains],
      addresses: allowedEmails.addresses.size,
    },
    signUp: config.signUp,
    admins: config.adminEmails.size,
    adminAmr: config.adminAmr && [...config.adminAmr],
    accountRetentionDays: accountRetentionMs && accountRetentionMs / DAY_MS,
    auditRetentionDays: config.auditRetentionMs / DAY_MS,
  };
}

const HTTPS: Record<Plan["https"], string> = {
  foyer: "Foyer speaks https",
  proxy: "a proxy in front speaks https",
  nobody: "without https, for this machine only",
};

/** The plan in words, and what each line is about. */
function sayPlan(plan: Plan): [name: string, text: string][] {
  const { allowed, accountRetentionDays } = plan;
  const listed = allowed && [
    ...allowed.domains.map((domain) => `@${domain}`),
    ...(allowed.addresses > 0 ? [count(allowed.addresses, "address")] : []),
  ];
  const people = plan.hostedDomain ? `people of ${plan.hostedDomain}` : "everybody";
  const metrics = plan.metrics
    ? `; metrics on ${plan.metrics.host}, port ${plan.metrics.port}`
    : "";
  return [
    ["origin", `${plan.origin} (${HTTPS[plan.https]})`],
    ["listens", `${plan.host}, port ${plan.port}${metrics}`],
    ["database", plan.database],
    ["sign-in", listed ? `${people}, if listed: ${listed.join(", ")}` : people],
    ["sign-up", plan.signUp === "open" ? "whoever may sign in" : "only who is invited"],
    ["admins", sayAdmins(plan)],
    [
      "accounts",
      accountRetentionDays
        ? `deleted after ${count(accountRetentionDays, "day")} without a sign-in`
        : "kept until they are deleted",
    ],
    ["events", `kept for ${count(plan.auditRetentionDays, "day")}`],
  ];
}

function sayAdmins({ admins, adminAmr }: Plan): string {
  const who = admins > 0 ? count(admins, "address") : "none by configuration";
  return adminAmr ? `${who}; to act, a Google sign-in with ${adminAmr.join(" or ")}` : who;
}

function count(number: number, noun: "address" | "day"): string {
  const plural = noun === "day" ? "days" : "addresses";
  return `${number} ${number === 1 ? noun : plural}`;
}
