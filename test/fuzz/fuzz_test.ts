import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { type Binary, startBinary } from "./binary.ts";
import { CORPUS, targetOf, tryCorpus } from "./corpus.ts";
import { FAULTS } from "./faults.ts";
import { converse } from "./raw_connection.ts";
import { openSlowClients } from "./slow_clients.ts";
import { type Target, tryTarget } from "./target.ts";
import { createTarget, TARGETS } from "./targets.ts";
import { socketTarget } from "./targets/socket.ts";

const ROOT = join(import.meta.dir, "../..");

/** The same cases each time; `bun run fuzz` tries others. */
const SEED = 20_261_126;
/** A part of a round: the whole file takes seconds. */
const SHARE = 0.4;
const LONG = { timeout: 120_000 };

/** Fails with what is wrong, and the command that finds it again. */
async function expectNothing(target: Target): Promise<void> {
  const { cases, wrong } = await tryCorpus(target);
  expect(wrong).toEqual([]);
  expect(cases).toBeGreaterThan(0);
  const batch = await tryTarget(target, { seed: SEED, cases: Math.ceil(target.round * SHARE) });
  expect(batch.find).toBeNull();
  expect((await target.finish?.()) ?? null).toBeNull();
}

describe(`hostile input (seed ${SEED})`, () => {
  for (const name of TARGETS) {
    test(`of the kind ${name} finds nothing`, LONG, async () => {
      await expectNothing(await createTarget(name));
    });
  }

  test("has a corpus of known targets", () => {
    const known = [...TARGETS, "socket"];
    expect(CORPUS.filter((file) => !known.includes(targetOf(file)))).toEqual([]);
  });
});

test("each fault that was tried by hand can be tried again", () => {
  const places = ({ file, from }: (typeof FAULTS)[number]) =>
    readFileSync(join(ROOT, file), "utf8").split(from).length - 1;
  expect(FAULTS.filter((fault) => places(fault) !== 1).map(({ what }) => what)).toEqual([]);
});

describe("the binary", () => {
  let binary: Binary;
  beforeAll(async () => {
    binary = await startBinary();
  }, 60_000);
  afterAll(() => binary.remove());

  test(`takes bytes as no browser sends them (seed ${SEED})`, LONG, async () => {
    await expectNothing(socketTarget(binary) as unknown as Target);
  });

  test("serves others while 210 clients are slow", LONG, async () => {
    const slow = await openSlowClients(binary, 210);
    const request = `GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`;
    for (let turn = 0; turn < 20; turn += 1) {
      const { statuses, ms } = await converse(binary, { chunks: [request], half: false });
      expect(statuses).toEqual([200]);
      expect(ms).toBeLessThan(1000);
    }
    expect(slow.open()).toBeGreaterThan(100);
    slow.close();
  });
});
