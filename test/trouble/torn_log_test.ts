import { Database } from "bun:sqlite";
import { afterAll, expect, test } from "bun:test";
import {
  copyFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { PATHS } from "../../src/paths.ts";
import { buildBinary } from "../build_binary.ts";
import { createSeeded } from "../chance.ts";
import { sharedStandIn } from "../fixture.ts";
import type { RemoteVisitor } from "../remote_visitor.ts";
import { AS_NOBODY, createFolder, give } from "./as_nobody.ts";
import { startScene } from "./scene.ts";

const PEOPLE = 20;
const root = mkdtempSync(join(tmpdir(), "foyer-torn-"));
afterAll(() => rmSync(root, { recursive: true }));

// A disk that loses what was written last: SQLite's checksums end the log before it.
test("a torn write-ahead log loses the newest sessions only, and nothing else", async () => {
  const seed = Number(process.env.TROUBLE_SEED ?? 20_261_126);
  console.info(`seed ${seed}`);
  const random = createSeeded(seed);
  const command = [...AS_NOBODY, buildBinary(root)];
  const folder = createFolder(root);
  const options = { command, google: await sharedStandIn() };
  const port = await withServer({ ...options, folder }, async ({ foyer, member }) => {
    for (let i = 0; i < PEOPLE; i++) members.push(await member());
    return Number(new URL(foyer.origin).port);
  });
  const log = join(folder, "foyer.db-wal");
  const { size } = statSync(log);

  const TEARS: [what: string, tear: (path: string) => void][] = [
    ["nothing", () => {}],
    ["cut in the last page", (path) => truncateSync(path, size - 100)],
    ["cut somewhere", (path) => truncateSync(path, between(size / 2, size))],
    ["a wrong byte at the end", (path) => damage(path, size - 1)],
    ["a wrong byte somewhere", (path) => damage(path, between(size / 2, size))],
    ["a tail of zeros", (path) => damage(path, between(size / 2, size), size)],
    ["cut to nothing", (path) => truncateSync(path, 0)],
  ];
  const kept: number[] = [];
  for (const [what, tear] of TEARS) {
    const copy = createFolder(root);
    for (const name of ["foyer.db", "foyer.db-wal"]) {
      copyFileSync(join(folder, name), join(copy, name));
      give(join(copy, name));
    }
    tear(join(copy, "foyer.db-wal"));
    await withServer({ ...options, folder: copy, port }, async ({ member, path }) => {
      const isKnown: boolean[] = [];
      for (const browser of members) {
        isKnown.push((await browser.get(PATHS.isAuthenticated)).status === 200);
      }
      const count = isKnown.filter(Boolean).length;
      expect({ what, isKnown }).toEqual({ what, isKnown: members.map((_, i) => i < count) });
      kept.push(count);
      await member();
      expect(integrityOf(path)).toBe("ok");
      const audit = Bun.spawnSync([...command, "audit", "verify"], {
        env: { DATABASE_URL: `file:${path}` },
      });
      expect(audit.stdout.toString()).toContain(`intact: ${count + 1} events`);
    });
  }
  expect(kept[0]).toBe(PEOPLE);
  expect(kept[1]).toBe(PEOPLE - 1);
  expect(Math.min(...kept.slice(2))).toBe(0);

  function between(least: number, most: number): number {
    return Math.floor(least + random() * (most - least));
  }
}, 60_000);

const members: RemoteVisitor[] = [];

/** Runs `act` against a server, and kills it. */
async function withServer<T>(
  options: Parameters<typeof startScene>[0],
  act: (scene: Awaited<ReturnType<typeof startScene>>) => Promise<T>,
): Promise<T> {
  const scene = await startScene(options);
  try {
    return await act(scene);
  } finally {
    await scene.foyer.stop("SIGKILL");
  }
}

/** Makes the bytes of a file from `start` to `end` wrong. */
function damage(path: string, start: number, end = start + 1): void {
  const bytes = readFileSync(path);
  if (end > start + 1) bytes.fill(0, start, end);
  else bytes[start] = (bytes[start] ?? 0) ^ 1;
  writeFileSync(path, bytes);
}

function integrityOf(path: string): string {
  const database = new Database(path, { readonly: true });
  try {
    return database.query("PRAGMA integrity_check").values().flat().join();
  } finally {
    database.close();
  }
}
