import { readFileSync } from "node:fs";

import { Glob } from "bun";

import { chromiumPath } from "../browser/chromium.ts";

// `bun run test:clients`: packages of others, unmodified, with the stand-in in Google's place. Ends with a table.

const FOLDER = import.meta.dir;
const BUN = process.execPath;
/** Outside our script of that name, `bun check` would run the script in the place of Bun's own command. */
const PLAIN_BUN = { ...process.env, npm_lifecycle_event: "check" };

if (!chromiumPath) {
  console.error("There is no Chromium: set CHROMIUM_PATH");
  process.exit(2);
}

function run(args: string[]) {
  const begun = performance.now();
  const { success, stderr } = Bun.spawnSync([BUN, ...args], {
    env: PLAIN_BUN,
    stdout: "inherit",
    stderr: "pipe",
  });
  const said = stderr.toString();
  if (!success) console.error(said);
  return { success, said, seconds: (performance.now() - begun) / 1000 };
}

/** The versions of the packages that are tried, from their own files. */
function versionsOf(names: string[]): string {
  const { dependencies } = JSON.parse(readFileSync(`${FOLDER}/package.json`, "utf8"));
  return names.map((name) => `${name} ${dependencies[name]}`).join(", ");
}

const PACKAGES: Record<string, string[]> = {
  better_auth: ["better-auth"],
  react_oauth_google: ["@react-oauth/google", "react"],
  server_packages: ["google-auth-library", "openid-client"],
  vue3_google_login: ["vue3-google-login", "vue"],
  vue3_google_signin: ["vue3-google-signin", "vue"],
};

const isInstalled = run(["install", "--frozen-lockfile", "--silent", `--cwd=${FOLDER}`]).success;
let isGood = isInstalled && run(["check", "-p", FOLDER]).success;

const rows: string[] = [];
const files = [...new Glob("*_client.ts").scanSync(FOLDER)].toSorted();
for (const file of isGood ? files : []) {
  const args = ["--timeout=60000", "--only-failures", `./test/clients/${file}`];
  const { success, said, seconds } = run(["test", ...args]);
  const passed = /^ *(\d+) pass$/m.exec(said)?.[1] ?? "0";
  const failed = /^ *(\d+) fail$/m.exec(said)?.[1] ?? "all";
  const name = file.replace("_client.ts", "");
  rows.push(
    `| ${versionsOf(PACKAGES[name] ?? [])} | ${passed} | ${failed} | ${seconds.toFixed(1)} s |`,
  );
  isGood &&= success;
}
console.info(
  `\n| packages | passed | failed | time |\n| --- | --- | --- | --- |\n${rows.join("\n")}`,
);
process.exit(isGood ? 0 : 1);
