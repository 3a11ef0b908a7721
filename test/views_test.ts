import { expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(import.meta.dir, "..");

test("xss-scan notices data in a view that is not marked safe", () => {
  const folder = mkdtempSync(join(ROOT, "node_modules/.foyer-"));
  try {
    const file = join(folder, "lapse.tsx");
    writeFileSync(
      file,
      `import { Html } from "@elysiajs/html";\nexport const Lapse = ({ name }: { name: string }) => <p>{name}</p>;\n`,
    );
    const { exitCode, stdout, stderr } = Bun.spawnSync(["node_modules/.bin/xss-scan", file], {
      cwd: ROOT,
    });
    expect(`${stdout}${stderr}`).toContain("xss-prone");
    expect(exitCode).toBe(1);
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 30_000);
