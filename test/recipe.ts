import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const ROOT = join(import.meta.dir, "..");

/** A code block of a Markdown file whose info string names the file that it is about. */
export interface Block {
  language: string;
  path: string;
  text: string;
}

/** The code blocks under the heading `heading` of a Markdown file, up to the next heading of its level. */
export function readBlocks(file: string, heading: string): Block[] {
  const text = readFileSync(join(ROOT, file), "utf8");
  const start = text.indexOf(`\n## ${heading}\n`);
  if (start < 0) throw new Error(`${file} has no heading "${heading}"`);
  const end = text.indexOf("\n## ", start + 4);
  const section = text.slice(start, end < 0 ? undefined : end);
  return [...section.matchAll(/^```(\w+) (\S+)\n(.*?)^```$/gms)].map(
    ([, language = "", path = "", body = ""]) => ({ language, path, text: body }),
  );
}

/** A copy of the tree as git sees it, with the packages of this one. */
export class TreeCopy {
  readonly root = mkdtempSync(join(tmpdir(), "foyer-copy-"));

  constructor() {
    const listed = Bun.spawnSync(["git", "ls-files", "-co", "--exclude-standard"], { cwd: ROOT });
    for (const path of listed.stdout.toString().trim().split("\n")) {
      if (!existsInTree(path)) continue;
      mkdirSync(dirname(join(this.root, path)), { recursive: true });
      cpSync(join(ROOT, path), join(this.root, path));
    }
    symlinkSync(join(ROOT, "node_modules"), join(this.root, "node_modules"));
  }

  /** Does what a recipe says: writes new files, and changes those that a `diff` block is about. */
  apply(blocks: Block[]): void {
    for (const { language, path, text } of blocks) {
      if (language === "diff") this.#patch(path, text);
      else this.write(path, text);
    }
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), text);
  }

  read(path: string): string {
    return readFileSync(join(this.root, path), "utf8");
  }

  remove(...paths: string[]): void {
    for (const path of paths) rmSync(join(this.root, path), { recursive: true });
  }

  #patch(path: string, diff: string): void {
    const lines = diff.trimEnd().split("\n");
    const pick = (sign: string) =>
      lines.filter((line) => !line.startsWith(sign)).map((line) => line.slice(1));
    const [before, after] = [pick("+").join("\n"), pick("-").join("\n")];
    const text = this.read(path);
    const places = text.split(before).length - 1;
    if (places !== 1) throw new Error(`${path} holds what the recipe changes ${places} times`);
    this.write(
      path,
      text.replace(before, () => after),
    );
  }

  /** Runs a command in the copy. Throws with its output if it fails. */
  run(...command: string[]): string {
    // A script called "check" would stand before Bun's own command; inside that script it does not.
    const env = { ...process.env, npm_lifecycle_event: "check" };
    const { success, stdout, stderr } = Bun.spawnSync(command, { cwd: this.root, env });
    const output = `${stdout}${stderr}`;
    if (!success) throw new Error(`${command.join(" ")}\n${output}`);
    return output;
  }

  /** Format, types, layers and escaping, as `bun run check` looks at them. */
  check(): void {
    this.run(process.execPath, "fmt", "--check");
    this.run(process.execPath, "check");
    this.run(process.execPath, "test", "./test/layers_test.ts");
    this.run("node_modules/.bin/xss-scan");
  }

  /** Runs a test that is written for this copy alone. */
  test(path: string, text: string): void {
    this.write(path, text);
    this.run(process.execPath, "test", `./${path}`);
  }

  [Symbol.dispose](): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

function existsInTree(path: string): boolean {
  return Bun.file(join(ROOT, path)).size > 0;
}

/** What `bun run migrations NAME` runs, or `bun run migrations:foyer NAME` for Foyer's own tables. */
export function migrations(name: string, set: "app" | "foyer" = "app"): string[] {
  return [process.execPath, "src/write_migrations.ts", set, name];
}

/** A test of the guestbook that a recipe adds. */
export const GUESTBOOK_TEST = `
import { expect, test } from "bun:test";
import { PAGES } from "../src/pages/pages.ts";
import { ADA, createFoyer, GRACE } from "./fixture.ts";
import type { Visitor } from "./visitor.ts";

const act = async (visitor: Visitor, method: string, path: string, text?: string) => {
  const headers = { "x-signed-in-as": await visitor.shownSession() };
  const body = text === undefined ? {} : { body: new URLSearchParams({ text }) };
  return visitor.fragment(path, { method, headers, ...body });
};

test("the guestbook", async () => {
  const { visitor, store } = await createFoyer({}, { pages: PAGES });
  const [ada, grace] = [visitor(), visitor()];
  await ada.signIn(ADA);
  await grace.signIn(GRACE);
  const written = await (await act(ada, "POST", "/htmx/guestbook", "<b>Hello</b>")).text();
  expect(written).toContain("&lt;b&gt;Hello&lt;/b&gt;");
  for (const text of [" ", "x".repeat(501)]) {
    const refused = await act(ada, "POST", "/htmx/guestbook", text);
    expect(refused.status).toBe(400);
    expect((await refused.json()).detail).toBe("A value is missing or not valid. Check what you entered, then try again.");
  }
  const [entry] = await store.tables.guestbook.list();
  const path = "/htmx/guestbook/" + entry?.id;
  expect((await act(grace, "DELETE", path)).status).toBe(404);
  const exported = await (await ada.send("/account/export")).json();
  expect(exported.tables["guestbook_entries.author_id"]).toHaveLength(1);
  expect((await act(ada, "DELETE", path)).status).toBe(200);
  // Whoever is signed out between the check and the act changes nothing.
  const { guestbook } = store.tables;
  const { add } = guestbook;
  const session = await ada.shownSession();
  guestbook.add = async (written, audit) => {
    await ada.post("/auth/logout");
    return add(written, audit);
  };
  const late = { method: "POST", headers: { "x-signed-in-as": session }, body: new URLSearchParams({ text: "Late" }) };
  expect((await ada.fragment("/htmx/guestbook", late)).status).toBe(401);
  guestbook.add = add;
  expect(await guestbook.list()).toEqual([]);
  await act(grace, "POST", "/htmx/guestbook", "Goodbye");
  expect((await act(grace, "DELETE", "/account")).status).toBe(200);
  expect(await store.tables.guestbook.list()).toEqual([]);
});
`;
