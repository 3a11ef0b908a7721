import { Database } from "bun:sqlite";
import { afterEach, beforeEach, describe, expect, setDefaultTimeout, test } from "bun:test";

import { ADA, GRACE, KATHERINE } from "../fixture.ts";
import { type CommandScene, createCommandScene } from "./command_scene.ts";
import { FOYER, runOnTerminal, runShell } from "./source_process.ts";

// Processes start slowly on a machine that is busy.
setDefaultTimeout(30_000);

let scene: CommandScene;
beforeEach(async () => {
  scene = await createCommandScene([ADA, GRACE, KATHERINE]);
});
afterEach(() => scene.close());

const shell = (line: string) => runShell(line.replaceAll("foyer", FOYER), scene.env);

describe("the commands about people, in processes of their own,", () => {
  test("exit with 0, 1 or 2, and keep output and errors apart", async () => {
    const [done, failed, wrong, hostile] = await Promise.all([
      shell(`foyer people show ${ADA.email} --json`),
      shell("foyer people disable nobody@a.example"),
      shell(`foyer people delete ${ADA.email}`),
      shell("foyer people show \"$(printf '\\033[31mred\\nline')\""),
    ]);
    expect(done).toMatchObject({ exitCode: 0, stderr: "" });
    expect(JSON.parse(done.stdout)).toMatchObject({ email: ADA.email });
    expect(failed).toMatchObject({ exitCode: 1, stdout: "" });
    expect(failed.stderr).toBe("No person with the address nobody@a.example has signed in yet\n");
    expect(wrong).toMatchObject({ exitCode: 2, stdout: "" });
    expect(wrong.stderr).toStartWith("Deleting cannot be undone: add --yes\n\nUsage: foyer people");
    expect(hostile).toMatchObject({ exitCode: 1, stdout: "" });
    expect(hostile.stderr).toStartWith("No person has the id \\u{1b}[31mred\n");
  });

  test("stop without a word when their reader has enough", async () => {
    const database = new Database(scene.path);
    database.run(
      `INSERT INTO users (id, sub, email, email_verified, name, created_at, signed_in_at)
       WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
       SELECT 'id' || i, 'sub' || i, 'p' || i || '@a.example', 1, 'Person ' || i, i, 0 FROM n`,
    );
    database.close();
    const first = await shell('{ foyer people list; echo "exit code $?" >&2; } | head -n 1');
    expect(first).toMatchObject({ stderr: "exit code 0\n" });
    expect(first.stdout).toContain("Person 1 <p1@a.example>");
    const all = await shell("foyer people list --json | (sleep 0.1; wc -l)");
    expect(all).toMatchObject({ stdout: "5003\n", stderr: "" });
  });

  test("ask on a terminal before they delete", async () => {
    const question = "for good? Type yes: ";
    const remove = (email: string, answer: string) =>
      runOnTerminal(["people", "delete", email], { env: scene.env, question, answer });
    const [no, interrupted, closed] = await Promise.all([
      remove(GRACE.email, "no\r"),
      remove(GRACE.email, "\u0003"),
      remove(GRACE.email, "\u0004"),
    ]);
    for (const refused of [no, interrupted, closed]) {
      expect(refused.shown).toContain("Nothing was changed");
      expect(refused.exitCode).toBe(1);
    }
    expect(await scene.store.findPerson(scene.ids[1] as string)).not.toBeNull();
    const yes = await remove(GRACE.email, "yes\r");
    expect(yes.exitCode).toBe(0);
    expect(yes.shown).toContain(`${GRACE.name} <${GRACE.email}> is deleted`);
    expect(await scene.store.findPerson(scene.ids[1] as string)).toBeNull();
  });
});
