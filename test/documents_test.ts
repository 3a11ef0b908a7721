import { describe, expect, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

import { Glob } from "bun";

import { COMMANDS } from "../src/commands/commands.ts";
import { type Environment, readConfig } from "../src/config.ts";
import { variableNames } from "../src/config/names.ts";
import { runInProcess } from "./commands/run_in_process.ts";

const ROOT = join(import.meta.dir, "..");
const DOCUMENTS = [
  "README.md",
  ...[...new Glob("{src,views,db,test}/**/*.md").scanSync(ROOT)].filter(
    // Packages of `bun run test:clients`.
    (path) => !path.includes("node_modules"),
  ),
  ...new Glob(".github/*.md").scanSync({ cwd: ROOT, dot: true }),
];

const read = (path: string) => readFileSync(join(ROOT, path), "utf8");
const scripts = Object.keys(JSON.parse(read("package.json")).scripts);
const commands = ["serve", ...COMMANDS.keys()];

/** Every variable that the configuration and the commands read. */
async function readVariables(): Promise<string[]> {
  const names = new Set<string>();
  const env: Environment = new Proxy(
    {},
    { get: (_, name) => void (typeof name === "string" && names.add(name)) },
  );
  try {
    readConfig(env);
  } catch {
    // The client ID is missing.
  }
  const args = ["risc", "status", "--key-file", "/nowhere"];
  await runInProcess(args, env).catch(() => {});
  // Bun's own variables are in no list of ours.
  return [...names].filter((name) => !name.startsWith("NODE_"));
}

/** A heading as a link names it: https://github.com/gjtorikian/html-pipeline, as GitHub does it. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, "")
    .replaceAll(" ", "-");
}

function anchorsIn(path: string): string[] {
  return [...read(path).matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => anchorOf(heading));
}

describe("the documents", () => {
  test("are all here", () => {
    expect(DOCUMENTS.length).toBeGreaterThan(10);
    // Each variable has a row of its own: the rest is to stay short.
    const lines = read("README.md").split("\n");
    expect(lines.filter((line) => !line.startsWith("|")).length).toBeLessThanOrEqual(90);
  });

  for (const document of DOCUMENTS) {
    const text = read(document);
    const prose = text.replace(/^```.*?^```$/gms, "");

    test(`${document} links to what exists`, () => {
      const links = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target);
      const broken = links.filter((link) => {
        if (/^https?:/.test(link)) return false;
        const [path = "", anchor] = link.split("#");
        const target = path ? normalize(join(dirname(document), path)) : document;
        if (!existsSync(join(ROOT, target))) return true;
        return anchor !== undefined && !anchorsIn(target).includes(anchor);
      });
      expect(broken).toEqual([]);
    });

    test(`${document} names tests that exist`, () => {
      const named = [
        ...prose.matchAll(/\]\(([\w./]+_test\.tsx?)\)(?: and [^“|]*)? (“[^”]+”(?:, “[^”]+”)*)/g),
      ];
      const missing = named.flatMap(([, path = "", names = ""]) =>
        [...names.matchAll(/“([^”]+)”/g)].filter(
          ([, name = ""]) => !read(join(dirname(document), path)).includes(name),
        ),
      );
      expect(missing.map(([name]) => name)).toEqual([]);
    });

    test(`${document} names files that exist`, () => {
      const named = [...prose.matchAll(/`([\w.-]+(?:\/[\w.-]+)*\/?)`/g)].map(([, n = ""]) => n);
      const paths = named.filter((name) => /^(?:src|views|db|test|\.github|\.ci)\//.test(name));
      const missing = paths.filter((path) => !existsSync(join(ROOT, path)));
      // What a recipe adds, and what an application may delete.
      expect(missing.filter((path) => !path.startsWith("db/app_migrations"))).toEqual([]);
    });

    test(`${document} names commands that exist`, () => {
      const runs = [...text.matchAll(/\bbun(?:@[\d.]+)? run ([a-z][\w:-]*)/g)];
      expect(runs.map(([, name = ""]) => name).filter((name) => !scripts.includes(name))).toEqual(
        [],
      );
      const calls = [...text.matchAll(/`(?:\.\/)?foyer ([a-z-]+)/g)].map(([, name = ""]) => name);
      expect(calls.filter((name) => !commands.includes(name))).toEqual([]);
      const files = [...text.matchAll(/\bbun (?:test )?((?:src|test)\/[\w./]+)/g)];
      expect(files.map(([, path = ""]) => path).filter((p) => !existsSync(join(ROOT, p)))).toEqual(
        [],
      );
    });

    test(`${document} names variables that exist`, async () => {
      const known = [...(await readVariables()), ...OTHERS];
      const named = [...prose.matchAll(/`([A-Z][A-Z0-9]*_[A-Z0-9_]+)(?:=[^`]*)?`/g)].map(
        ([, name = ""]) => name,
      );
      expect(named.filter((name) => !known.includes(name))).toEqual([]);
    });
  }

  test("list every variable that is read, once, in the table of the README", async () => {
    const section = read("README.md").split("\n## Configuration\n")[1]?.split("\n## ")[0] ?? "";
    const listed = [...section.matchAll(/^\| `([A-Z0-9_]+)`/gm)].map(([, name = ""]) => name);
    expect(listed.toSorted()).toEqual((await readVariables()).toSorted());
  });

  test("of check-config are the variables that are read", async () => {
    expect(variableNames().toSorted()).toEqual((await readVariables()).toSorted());
  });

  test("name a test for each attack that is defended", () => {
    const [, section = ""] = read(".github/SECURITY.md").split("and where that is tested\n");
    const rows =
      section
        .split("\n## ")[0]
        ?.match(/^\| .*$/gm)
        ?.slice(2) ?? [];
    expect(rows.length).toBeGreaterThan(15);
    expect(rows.filter((row) => !/_test\.tsx?\)/.test(row))).toEqual([]);
  });

  test("ask others for the same checks of a live Google project as they describe", () => {
    const checksIn = (path: string) =>
      [...read(path).matchAll(/^\| \d+ +\| ([\w ]+)/gm)].map(([, name = ""]) => name.trim());
    const described = checksIn(".github/OPERATING.md");
    expect(described).toHaveLength(15);
    expect(checksIn(".github/ISSUE_TEMPLATE/google_project.md")).toEqual(described);
  });

  test("list every command and every script", () => {
    const text = read("README.md");
    for (const name of commands) expect(text).toContain(`\`foyer ${name}`);
    const listed = scripts.filter(
      (name) => !["fmt", "migrations:foyer", "test:fast"].includes(name),
    );
    for (const name of listed) expect(text).toContain(`| \`bun run ${name}`);
  });
});

/** Variables that Bun reads, not Foyer. */
const OTHERS = [
  "NO_PROXY",
  "SSL_CERT_DIR",
  "NODE_USE_ENV_PROXY",
  "NODE_USE_SYSTEM_CA",
  "DEB_BUILD_OPTIONS",
  "HTTP_PROXY",
  "HTTPS_PROXY",
  "NODE_EXTRA_CA_CERTS",
  "NODE_TLS_REJECT_UNAUTHORIZED",
  "SSL_CERT_FILE",
];
