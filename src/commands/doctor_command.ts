import { userInfo } from "node:os";

import { readDatabaseAddress } from "../config.ts";
import { checkConfig } from "../config/check.ts";
import { type Command, type CommandContext, CommandError, readArguments } from "./command_line.ts";
import { checkDatabase } from "./doctor/check_database.ts";
import { checkGoogle } from "./doctor/check_google.ts";
import { checkOrigin } from "./doctor/check_origin.ts";
import { checkPostgres } from "./doctor/check_postgres.ts";
import { checkServer } from "./doctor/check_server.ts";
import { checkSettings } from "./doctor/check_settings.ts";
import { checkSites } from "./doctor/check_sites.ts";
import { type Finding, findingsOf, reasonOf } from "./doctor/finding.ts";
import { createShow, JSON_OPTION } from "./show.ts";

/** `foyer doctor`: what is wrong with an installation, and what helps. */
export const DOCTOR_COMMAND: Command = {
  summary: "Looks for what is wrong with a running installation, and says what helps",
  usage: `foyer doctor [--json]

Checks, beside the running server and as the same user: the settings, the database, the last backup, the clock,
Google's keys, the server, what comes back from ORIGIN over the network, and whether the applications of
FORWARD_AUTH_ORIGINS are closed to strangers. Changes nothing; a request that the server refuses is in its log. The exit
code is 1 if there is a problem; warnings can wait.

--json  Shows one JSON value`,
  run: async (context, args) => {
    const { usage } = DOCTOR_COMMAND;
    const { values } = readArguments(args, { usage, count: 0, options: JSON_OPTION });
    const findings = await examine(context);
    const problems = findings.filter(({ severity }) => severity === "problem").length;
    const value = { isWell: problems === 0, findings };
    await createShow(context, values)(value, findings.flatMap(describe));
    if (problems === 1) throw new CommandError("There is a problem.");
    if (problems > 1) throw new CommandError(`There are ${problems} problems.`);
  },
};

async function examine({ env, now, showProgress }: CommandContext): Promise<Finding[]> {
  const settings = checkConfig(env);
  const { config } = settings;
  const findings = checkSettings(settings, env);
  const look = async (at: string, check: () => Finding[] | Promise<Finding[]>) => {
    showProgress(`Looking at ${at} …`);
    try {
      findings.push(...(await check()));
    } catch (error) {
      const text = `Not all could be checked: ${reasonOf(error)}`;
      findings.push(findingsOf(at).problem(text, "See the logs of Foyer and of the proxy"));
    }
  };
  const hasDatabase = !settings.mistakes.some((mistake) => mistake.startsWith("DATABASE_URL"));
  if (hasDatabase) {
    const database = readDatabaseAddress(env);
    await look("the database", () =>
      database.engine === "sqlite"
        ? checkDatabase(database.path, { now: now(), uid: userInfo().uid })
        : checkPostgres(database, now()),
    );
  }
  if (config) {
    await look("Google", () => checkGoogle(config, { env, now }));
    await look("the server", () => checkServer(config));
    await look(config.origin, () => checkOrigin(config, now));
    await look("the protected applications", () => checkSites(config));
  }
  showProgress("");
  return findings;
}

function describe({ check, severity, text, cure }: Finding): string[] {
  const line = `${severity.padEnd(8)} ${check}: ${text}`;
  return cure ? [line, `         → ${cure}`] : [line];
}
