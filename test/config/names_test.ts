import { describe, expect, test } from "bun:test";

import { findUnknownVariables, variableNames } from "../../src/config/names.ts";

const find = (env: Record<string, string>) => findUnknownVariables(env);

/** What is written, and what it is meant to be. */
const MISSPELT: [name: string, suggestion: string | null][] = [
  ["GOOGLE_OAUTH_CLIENT_ID", "GOOGLE_OAUTH2_CLIENT_ID"],
  ["GOOGLE_CLIENT_ID", "GOOGLE_OAUTH2_CLIENT_ID"],
  ["GOOGLE_SIGNIN", "GOOGLE_SIGN_IN"],
  ["GOOGLE_SING_IN", "GOOGLE_SIGN_IN"],
  ["GOOGLE_FLAVOR", null],
  ["ADMIN_EMAIL", "ADMIN_EMAILS"],
  ["ALLOWED_EMAIL", "ALLOWED_EMAILS"],
  ["ALLOWED_DOMAINS", null],
  ["TRUSTED_PROXY", "TRUSTED_PROXIES"],
  ["TRUSTED_PROXIES_", "TRUSTED_PROXIES"],
  ["SESSION_MAXAGE", "SESSION_MAX_AGE"],
  ["SESSION_MAX_IDLE_AGE", "SESSION_MAX_AGE"],
  ["LOGLEVEL", "LOG_LEVEL"],
  ["LOG_FORMAT", null],
  ["DATABASE_URI", "DATABASE_URL"],
  ["TLS_CERTIFICATE", "TLS_CERT"],
  ["APP_COLOUR", "APP_COLOR"],
  ["ORIGN", "ORIGIN"],
  ["ORIGINS", "ORIGIN"],
  ["PROT", "PORT"],
  ["port", "PORT"],
  ["METRIC_PORT", "METRICS_PORT"],
];

/** What stands in the environments of shells, desktops, units, containers and proxies. */
const NOT_OURS = `
  PATH HOME HOSTNAME HOSTTYPE PWD OLDPWD SHELL SHLVL TERM COLORTERM LANG LC_ALL TZ USER LOGNAME MAIL EDITOR PAGER
  LESS LS_COLORS _ TMPDIR PORTAGE_TMPDIR PS1 DISPLAY SESSION_MANAGER DESKTOP_SESSION XDG_SESSION_ID SSH_AUTH_SOCK
  DBUS_SESSION_BUS_ADDRESS INVOCATION_ID JOURNAL_STREAM LISTEN_FDS NOTIFY_SOCKET SYSTEMD_EXEC_PID STATE_DIRECTORY
  LOGS_DIRECTORY CREDENTIALS_DIRECTORY KUBERNETES_SERVICE_HOST KUBERNETES_PORT FOYER_PORT FOYER_SERVICE_HOST
  HTTP_PROXY HTTPS_PROXY NO_PROXY http_proxy https_proxy no_proxy NODE_ENV NODE_OPTIONS NODE_EXTRA_CA_CERTS
  NODE_TLS_REJECT_UNAUTHORIZED SSL_CERT_FILE BUN_INSTALL GOOGLE_APPLICATION_CREDENTIALS GOOGLE_CLOUD_PROJECT CI
  GITHUB_TOKEN AWS_REGION npm_lifecycle_event
`;

describe("a variable that is unknown", () => {
  for (const [name, suggestion] of MISSPELT) {
    test(`${name} is probably ${suggestion ?? "something that Foyer has not"}`, () => {
      expect(find({ [name]: "x" })).toEqual([{ name, suggestion }]);
    });
  }

  test("is not one of Foyer's", () => {
    expect(variableNames().length).toBeGreaterThan(30);
    expect(find(Object.fromEntries(variableNames().map((name) => [name, "x"])))).toEqual([]);
  });

  test("is not one of somebody else's", () => {
    const names = NOT_OURS.trim().split(/\s+/);
    expect(find(Object.fromEntries(names.map((name) => [name, "x"])))).toEqual([]);
  });

  test("counts as unset when it is empty", () => {
    expect(find({ ADMIN_EMAIL: "" })).toEqual([]);
  });

  test("is not meant to be what is set", () => {
    const env = { GOOGLE_OAUTH2_CLIENT_ID: "x", GOOGLE_OAUTH2_CLIENT_SECRET: "y" };
    expect(find(env)).toEqual([{ name: "GOOGLE_OAUTH2_CLIENT_SECRET", suggestion: null }]);
  });

  test("is not looked at when its name is hostile", () => {
    expect(find({ ["GOOGLE_".repeat(1000)]: "x", "LOG_\u001b[31m": "x" })).toEqual([]);
  });
});
