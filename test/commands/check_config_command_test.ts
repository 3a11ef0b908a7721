import { expect, test } from "bun:test";

import { ConfigError, type Environment } from "../../src/config.ts";
import { runInProcess } from "./run_in_process.ts";

const PUBLIC = {
  GOOGLE_OAUTH2_CLIENT_ID: "x.apps.googleusercontent.com",
  ORIGIN: "https://app.example.com",
  DATABASE_URL: "file:/var/lib/foyer/foyer.db",
};

const check = (env: Environment, ...args: string[]) => runInProcess(["check-config", ...args], env);

test("says what the server would do", async () => {
  expect(await check(PUBLIC))
    .toBe(`origin     https://app.example.com (a proxy in front speaks https)
listens    127.0.0.1, port 3000
database   /var/lib/foyer/foyer.db
sign-in    everybody
sign-up    whoever may sign in
admins     none by configuration
accounts   kept until they are deleted
events     kept for 400 days`);
});

test("counts people, and does not name them", async () => {
  const env = {
    ...PUBLIC,
    GOOGLE_HOSTED_DOMAIN: "example.com",
    ALLOWED_EMAILS: "ada@example.com, grace@example.com, @example.org",
    ADMIN_EMAILS: "ada@example.com",
    SIGN_UP: "closed",
    ACCOUNT_RETENTION_DAYS: "365",
    METRICS_PORT: "9090",
    GOOGLE_AUTH_CLAIMS: "true",
    ADMIN_AMR: "hwk,mfa",
  };
  const text = await check(env);
  expect(text).toContain(
    "sign-in    people of example.com, if listed: @example.org, 2 addresses\n",
  );
  expect(text).toContain("sign-up    only who is invited\nadmins     1 address;");
  expect(text).toContain("; to act, a Google sign-in with hwk or mfa\n");
  expect(text).toContain("accounts   deleted after 365 days without a sign-in\n");
  expect(text).toContain("port 3000; metrics on 127.0.0.1, port 9090\n");
  const json = await check(env, "--json");
  expect(text + json).not.toMatch(/ada|grace/);
  expect(JSON.parse(json)).toMatchObject({
    isValid: true,
    mistakes: [],
    unknown: [],
    plan: { https: "proxy", admins: 1, allowed: { domains: ["example.org"], addresses: 2 } },
  });
});

test("warns of names that are probably misspelt, and accepts the rest", async () => {
  const env = { ...PUBLIC, ADMIN_EMAIL: "ada@example.com" };
  const [first, second] = (await check(env)).split("\n");
  expect(first).toBe("warning    Foyer has no variable ADMIN_EMAIL: did you mean ADMIN_EMAILS?");
  expect(second).toStartWith("origin ");
  const { isValid, unknown } = JSON.parse(await check(env, "--json"));
  expect(isValid).toBe(true);
  expect(unknown).toEqual([{ name: "ADMIN_EMAIL", suggestion: "ADMIN_EMAILS" }]);
});

test("fails with every mistake, and without the secrets in their values", async () => {
  const env = { PORT: "x", DATABASE_URL: "mysql://foyer:s3cret@db/foyer", ADMIN_EMAIL: "a" };
  const lines: string[] = [];
  const writeLine = async (line: string) => void lines.push(line);
  const failed = await runInProcess(["check-config", "--json"], env, { writeLine }).catch(
    (error) => error,
  );
  expect(failed).toBeInstanceOf(ConfigError);
  const { isValid, mistakes, plan, unknown } = JSON.parse(lines.join("\n"));
  expect({ isValid, plan, unknown: unknown.length }).toEqual({
    isValid: false,
    plan: null,
    unknown: 1,
  });
  expect(failed.mistakes).toEqual(mistakes);
  expect(mistakes.map((mistake: string) => mistake.split(" ")[0])).toEqual([
    "PORT",
    "DATABASE_URL",
    "GOOGLE_OAUTH2_CLIENT_ID",
  ]);
  expect(failed.message + lines.join("\n")).not.toContain("s3cret");
});
