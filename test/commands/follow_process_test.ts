import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { join } from "node:path";

import { ADA, auditAt } from "../fixture.ts";
import { type CommandScene, createCommandScene } from "./command_scene.ts";
import { FOYER, runShell, startSource } from "./source_process.ts";

// Processes start slowly on a machine that is busy.
setDefaultTimeout(30_000);

const EACH = 100;

let scene: CommandScene;
beforeAll(async () => {
  scene = await createCommandScene([ADA]);
});
afterAll(() => scene.close());

/** Starts a process that records events, and waits until it has. */
async function recordElsewhere(name: string): Promise<void> {
  const program = join(import.meta.dir, "record_events.ts");
  const command = [process.execPath, program, name, String(EACH)];
  const child = Bun.spawn(command, { env: scene.env, stdout: "inherit", stderr: "inherit" });
  expect(await child.exited).toBe(0);
}

/** Follows the audit log in a process of its own. */
function follow(...args: string[]) {
  const child = startSource(["audit", "follow", "--json", ...args], scene.env);
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  return {
    child,
    /** The events until number `last`, or all that come if it ends before. */
    async readUntil(last: number): Promise<{ seq: number; details: { email: string } }[]> {
      while (!text.includes(`{"seq":${last},`) || !text.endsWith("\n")) {
        const { value, done } = await reader.read();
        if (done) break;
        text += value;
      }
      const lines = text.split("\n");
      text = lines.pop() ?? "";
      return lines.map((line) => JSON.parse(line));
    },
    async stop(signal: "SIGINT" | "SIGTERM") {
      child.kill(signal);
      const stderr = await new Response(child.stderr).text();
      return { exitCode: await child.exited, stderr };
    },
  };
}

describe("foyer audit follow, in a process of its own,", () => {
  test("prints each event once and in order while two processes write", async () => {
    const begin = await scene.store.findLastSeq();
    const end = begin + 2 * EACH;
    const first = follow("--after", String(begin));
    const reading = first.readUntil(end);
    await Promise.all([recordElsewhere("one"), recordElsewhere("two")]);
    const events = await reading;
    const expected = Array.from({ length: 2 * EACH }, (_, index) => begin + index + 1);
    expect(events.map(({ seq }) => seq)).toEqual(expected);
    expect(new Set(events.map(({ details }) => details.email)).size).toBe(2 * EACH);
    expect(await first.stop("SIGTERM")).toEqual({ exitCode: 0, stderr: "" });

    const again = follow("--after", String(begin + EACH));
    const rest = await again.readUntil(end);
    expect(rest.map(({ seq }) => seq)).toEqual(expected.slice(EACH));
    // The other processes have closed the file, events are deleted, and another one is written.
    await scene.store.pruneAudit(Date.now() + 1000);
    await scene.store.invite("later@a.example", auditAt(Date.now()));
    expect(await again.readUntil(end + 1)).toMatchObject([{ seq: end + 1 }]);
    expect(await again.stop("SIGINT")).toEqual({ exitCode: 0, stderr: "" });
  });

  test("ends when nobody reads its output any more, though nothing happens", async () => {
    await scene.store.invite("piped@a.example", auditAt(Date.now()));
    const after = (await scene.store.findLastSeq()) - 1;
    const line = `{ ${FOYER} audit follow --after ${after}; echo "exit code $?" >&2; } | head -n 1`;
    const { stdout, stderr } = await runShell(line, scene.env);
    expect(stdout).toContain("piped@a.example");
    expect(stderr).toBe("exit code 0\n");
  });
});
