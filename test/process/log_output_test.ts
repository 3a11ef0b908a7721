import { afterAll, describe, expect, test } from "bun:test";
import { mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { createLogOutput } from "../../src/process/log_output.ts";
import { openPipe, type Pipe } from "../pipe.ts";

const folder = mkdtempSync(join(tmpdir(), "foyer-output-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A line of a kilobyte that tells its place. */
const lineOf = (index: number) => `${index} ${"x".repeat(1018)}`;
/** More than a pipe holds, so that a reader who rests stops the writer. */
const MANY = 1000;
const MANY_LINES = Array.from({ length: MANY }, (_, index) => lineOf(index));

/** Reads until `flush` has written everything. */
async function drain(pipe: Pipe, flush: () => Promise<void>) {
  let text = "";
  let isDone = false;
  const flushed = flush().then(() => {
    isDone = true;
  });
  while (!isDone) {
    text += pipe.read();
    await Bun.sleep(1);
  }
  await flushed;
  return (text + pipe.read()).trimEnd().split("\n");
}

const unheard = () => {
  throw new Error("No line may be lost");
};

describe("the output of the log", () => {
  test("writes every line to a file, in order, once it is flushed", async () => {
    const path = join(folder, "file");
    const { add, flush } = createLogOutput(openSync(path, "a"), { onLoss: unheard });
    for (const line of MANY_LINES) add(line);
    await flush();
    add("and another");
    await flush();
    expect(readFileSync(path, "utf8").split("\n")).toEqual([...MANY_LINES, "and another", ""]);
  });

  test("keeps the lines of a reader who rests, and does not wait for them", async () => {
    const pipe = openPipe(folder);
    const { add, flush } = createLogOutput(pipe.writer, { onLoss: unheard, patienceMs: 50 });
    for (const line of MANY_LINES) add(line);
    await flush();
    expect(await drain(pipe, flush)).toEqual(MANY_LINES);
  });

  test("loses what is too much, and tells how many lines when one is read again", async () => {
    const pipe = openPipe(folder);
    const told: number[] = [];
    const options = { onLoss: (lines: number) => told.push(lines), most: 102_400 };
    const { add, flush } = createLogOutput(pipe.writer, options);
    add("first");
    for (const line of MANY_LINES) add(line);
    expect(told).toEqual([]);
    const lines = await drain(pipe, flush);
    expect(lines).toEqual(["first", ...MANY_LINES.slice(0, 100)]);
    expect(told).toEqual([MANY - 100]);
  });

  test("survives a reader who is gone, and tells the next one how many lines are missing", async () => {
    const pipe = openPipe(folder);
    const told: number[] = [];
    const { add, flush } = createLogOutput(pipe.writer, { onLoss: (lines) => told.push(lines) });
    pipe.hangUp();
    add("to nobody");
    await flush();
    add("to nobody either");
    await flush();
    expect(told).toEqual([]);
    pipe.reopen();
    add("to somebody");
    expect(await drain(pipe, flush)).toEqual(["to somebody"]);
    expect(told).toEqual([2]);
  });

  test("writes what is left at once when the process ends", () => {
    const path = join(folder, "last");
    const script = `
      import { createLogOutput } from ${JSON.stringify(join(import.meta.dir, "../../src/process/log_output.ts"))};
      const output = createLogOutput(1, { onLoss() {} });
      process.on("exit", output.flushNow);
      output.add("begun");
      setTimeout(() => {
        for (let index = 0; index < 100; index += 1) output.add(String(index));
        throw new Error("a fault");
      }, 50);
    `;
    const { exitCode } = Bun.spawnSync([process.execPath, "-e", script], {
      stdout: Bun.file(path),
      stderr: "ignore",
    });
    expect(exitCode).toBe(1);
    const lines = readFileSync(path, "utf8").trimEnd().split("\n");
    expect(lines).toEqual(["begun", ...Array(100).keys()].map(String));
  });
});
