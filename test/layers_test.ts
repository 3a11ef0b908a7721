import { describe, expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { dirname, join, normalize } from "node:path";

import { Glob } from "bun";

import { ALLOWED, AT_START, FREE_TYPES, roomOf } from "./layer_rules.ts";

const ROOT = join(import.meta.dir, "..");

interface Import {
  from: string;
  /** A path from the root, or a package's name. */
  to: string;
  isTypeOnly: boolean;
  /** Not loaded with `from`: by `import()` or `require()` when it is needed, or by a macro at build time. */
  isLate: boolean;
}

const files = [...new Glob("{src,views,db}/**/*.{ts,tsx}").scanSync(ROOT)];
const imports = (await Promise.all(files.map(readImports))).flat();
const importsOf = Map.groupBy(imports, ({ from }) => from);

async function readImports(from: string): Promise<Import[]> {
  const text = await Bun.file(join(ROOT, from)).text();
  const statements = text.matchAll(
    /^(?:import|export)\s+(type\s+)?([^;"']*?from\s+)?["']([^"']+)["']( with \{ type: "macro" \})?/gms,
  );
  const late = text.matchAll(/(?<!typeof )\b(?:import|require)\(\s*"([^"]+)"/g);
  const pathOf = (specifier: string) =>
    specifier.startsWith(".") ? normalize(join(dirname(from), specifier)) : specifier;
  return [
    ...[...statements].map(([, type, names = "", specifier = "", macro]) => ({
      from,
      to: pathOf(specifier),
      isTypeOnly: type !== undefined || /^\{(\s*type\s[^,}]*,?)+\s*\}\s*from/s.test(names.trim()),
      isLate: macro !== undefined,
    })),
    ...[...late].map(([, specifier = ""]) => ({
      from,
      to: pathOf(specifier),
      isTypeOnly: false,
      isLate: true,
    })),
  ];
}

function isAllowed({ from, to, isTypeOnly }: Omit<Import, "isLate">): boolean {
  const room = roomOf(from);
  if (from === "src/main.ts") return roomOf(to) !== "src/google_stand_in";
  if (from === "src/dev.ts") return true;
  if (isTypeOnly && FREE_TYPES.some((place) => to === place || roomOf(to) === place)) return true;
  return (ALLOWED[room] ?? []).some((place) =>
    typeof place === "string" ? to === place || roomOf(to) === place : place.test(to),
  );
}

describe("the house", () => {
  test("is read: every file and its imports", () => {
    expect(files.length).toBeGreaterThan(50);
    expect(imports.length).toBeGreaterThan(100);
    expect(imports.filter((one) => one.isTypeOnly).length).toBeGreaterThan(20);
  });

  test("has no import between rooms that its rules do not allow", () => {
    const breaches = imports
      .filter((one) => !isAllowed(one))
      .map(({ from, to }) => `${from} → ${to}`);
    expect(breaches).toEqual([]);
  });

  test("notices a breach", () => {
    const breaches: Omit<Import, "isLate">[] = [
      { from: "src/auth/id_token.ts", to: "elysia", isTypeOnly: false },
      { from: "src/auth/credential_sign_in.ts", to: "db/sqlite/open_sqlite.ts", isTypeOnly: false },
      { from: "views/page.tsx", to: "src/config.ts", isTypeOnly: false },
      { from: "src/routes/page.tsx", to: "db/sqlite/open_sqlite.ts", isTypeOnly: false },
      { from: "src/http/fragment.ts", to: "src/session/current_user.ts", isTypeOnly: false },
      { from: "src/session/current_user.ts", to: "src/pages/page.ts", isTypeOnly: true },
      { from: "src/main.ts", to: "src/google_stand_in/server.ts", isTypeOnly: false },
      { from: "db/sqlite/open_sqlite.ts", to: "src/errors.ts", isTypeOnly: false },
    ];
    expect(breaches.filter(isAllowed)).toEqual([]);
  });

  test("lets nothing that the binary reaches import the stand-in", () => {
    const reached = reachedFrom(["src/main.ts"]);
    expect(reached.size).toBeGreaterThan(40);
    expect([...reached].filter((path) => roomOf(path) === "src/google_stand_in")).toEqual([]);
  });

  describe("starts a server on SQLite with what that needs, and loads", () => {
    const loaded = reachedFrom(["src/main.ts", "src/serve.ts"], { isLateCounted: false });

    test("no command, no metrics, and nothing of PostgreSQL", () => {
      expect(loaded.size).toBeGreaterThan(150);
      const late = /^(?:db\/(?:copy|postgres)|src\/(?:commands|examples|metrics\/metrics\.ts))/;
      expect([...loaded].filter((file) => late.test(file))).toEqual([]);
      // They are inside the binary all the same.
      const reached = [...reachedFrom(["src/main.ts"])];
      expect(reached.filter((file) => late.test(file)).length).toBeGreaterThan(50);
    });

    test("only packages and modules of Bun that are worth their time", () => {
      const packages = imports
        .filter(({ from, isTypeOnly, isLate }) => loaded.has(from) && !isTypeOnly && !isLate)
        .map(({ to }) => to)
        .filter((to) => !files.includes(to) && to !== "package.json");
      expect([...new Set(packages)].toSorted()).toEqual(AT_START);
    });
  });

  test("has no circle of imports, types counted", () => {
    expect(
      files.filter((file) =>
        reachedFrom([file], { isSelfCounted: false, areTypesCounted: true }).has(file),
      ),
    ).toEqual([]);
  });

  test("has no names that say nothing, and no barrels", () => {
    const empty = /(^|\/)(index|utils?|helpers?|services?|lib|common|types|misc)(\.|\/|_)/;
    expect(files.filter((file) => empty.test(file))).toEqual([]);
    expect(files.filter((file) => !/^[a-z0-9_./]+$/.test(file))).toEqual([]);
  });

  test("has no file over 150 lines, and no test over 300", async () => {
    const tests = [...new Glob("test/**/*.{ts,tsx}").scanSync(ROOT)].filter(
      // Packages of `bun run test:clients`.
      (file) => !file.includes("node_modules"),
    );
    const long: string[] = [];
    // The words of a language are one list, which a translator reads from top to bottom.
    const isList = (file: string) => /^views\/words\/[a-z]{2}\.ts$/.test(file);
    for (const file of [...files, ...tests].filter((file) => !isList(file))) {
      const lines = (await Bun.file(join(ROOT, file)).text()).split("\n").length - 1;
      if (lines > (file.startsWith("test/") ? 300 : 150)) long.push(`${file}: ${lines}`);
    }
    expect(long).toEqual([]);
  });

  test("exits and reads the environment where processes begin, and nowhere else", async () => {
    const found: string[] = [];
    for (const file of files.filter(
      (path) =>
        !/^src\/(main|dev|stand_in|exit|build|build_assets|write_migrations)\.ts$/.test(path),
    )) {
      const text = await Bun.file(join(ROOT, file)).text();
      if (/\bprocess\.[a-z]|\bBun\.env\b|import\.meta\.env/.test(text)) found.push(file);
    }
    expect(found).toEqual([]);
  });

  test.skipIf(!existsSync(join(ROOT, ".git")))(
    "stands on the top level that its owner fixed",
    () => {
      const tracked = Bun.spawnSync(["git", "ls-files", "-co", "--exclude-standard"], {
        cwd: ROOT,
      });
      const top = new Set(
        tracked.stdout
          .toString()
          .trim()
          .split("\n")
          .map((path) => path.split("/")[0] ?? ""),
      );
      const fixed = [
        "package.json",
        "tsconfig.json",
        "bunfig.toml",
        "src",
        "views",
        "db",
        "test",
        "README.md",
        "LICENSE",
        "bun.lock",
      ];
      expect([...top].filter((name) => !name.startsWith(".") && !fixed.includes(name))).toEqual([]);
    },
  );
});

function reachedFrom(
  starts: string[],
  { isSelfCounted = true, areTypesCounted = false, isLateCounted = true } = {},
): Set<string> {
  const reached = new Set<string>(isSelfCounted ? starts : []);
  const queue = [...starts];
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    for (const { to, isTypeOnly, isLate } of importsOf.get(file) ?? []) {
      if (isTypeOnly && !areTypesCounted) continue;
      if (isLate && !isLateCounted) continue;
      if (reached.has(to) || !files.includes(to)) continue;
      reached.add(to);
      queue.push(to);
    }
  }
  return reached;
}

test("paths in the rules are real", () => {
  for (const place of Object.keys(ALLOWED)) {
    expect(files.some((file) => file === place || roomOf(file) === place)).toBe(true);
  }
});
