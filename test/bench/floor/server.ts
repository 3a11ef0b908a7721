import { openDatabaseFile } from "../../../db/sqlite/database_file.ts";
import { PATHS } from "../../../src/paths.ts";
import type { FloorPlan } from "./plan.ts";
import { readyAnswer, readyPage } from "./ready_answers.ts";
import { signIn } from "./sign_in.ts";
import { signOut } from "./sign_out.ts";
import { signedInAnswers } from "./signed_in.ts";

// The least that does the same work as Foyer: `Bun.serve` with routes, prepared statements, templates, ready headers.

const plan: FloorPlan = await Bun.file(process.argv[2] ?? "").json();
// With the settings of the application's own connection; from here on it is bare bun:sqlite.
const database = openDatabaseFile(plan.databasePath);
const assets = Object.entries(Object.groupBy(plan.assets, ({ path }) => path)).map(
  ([path, answers = []]) => [path, readyAnswer(answers)] as const,
);
const signedIn = signedInAnswers(plan, database);

Bun.serve({
  port: plan.port,
  hostname: "127.0.0.1",
  routes: {
    "/healthz": () => new Response("ok"),
    [PATHS.page]: readyPage(plan),
    [PATHS.navbar]: signedIn.navbar,
    [plan.content.path]: signedIn.content,
    [PATHS.login]: { POST: signIn(plan, database) },
    [PATHS.logout]: { POST: signOut(plan, database) },
    ...Object.fromEntries(assets),
  },
});
