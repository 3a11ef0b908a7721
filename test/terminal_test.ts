import { describe, expect, test } from "bun:test";
import { EventEmitter } from "node:events";

import { createTerminal } from "../src/process/terminal.ts";

const SIGNALS = ["SIGINT", "SIGTERM"];

function createHost() {
  const [host, stdout, stderr, stdin] = Array.from({ length: 4 }, () => new EventEmitter());
  return Object.assign(host as EventEmitter, {
    stdout,
    stderr,
    stdin,
  }) as unknown as NodeJS.Process;
}

describe("finishing", () => {
  for (const signal of SIGNALS) {
    test(`lets the work know of ${signal}, and then a signal ends the process as ever`, async () => {
      const host = createHost();
      const { finishing } = createTerminal(host);
      const before = await finishing(async (stopped) => {
        const early = stopped.aborted;
        host.emit(signal);
        return [early, stopped.aborted];
      });
      expect(before).toEqual([false, true]);
      expect(SIGNALS.map((name) => host.listenerCount(name))).toEqual([0, 0]);
      await expect(finishing(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
      expect(SIGNALS.map((name) => host.listenerCount(name))).toEqual([0, 0]);
    });
  }
});
