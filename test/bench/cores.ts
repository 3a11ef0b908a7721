import { availableParallelism } from "node:os";

/**
 * Moves this process, and what it starts, to the second core, and returns what a server's command begins with so that it
 * has the first one alone. Nothing on a machine with one core or without `taskset`.
 */
export function leaveCoreToServer(): string[] {
  if (availableParallelism() < 2 || Bun.which("taskset") === null) return [];
  Bun.spawnSync(["taskset", "-a", "-c", "-p", "1", String(process.pid)]);
  return ["taskset", "-c", "0"];
}
