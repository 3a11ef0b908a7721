import { readFileSync } from "node:fs";

/** The program of the thread for checkpoints, as JavaScript. Bun runs this as a macro to embed it in the binary. */
export function readWorker(): string {
  const text = readFileSync(`${import.meta.dir}/checkpoint_worker.ts`, "utf8");
  return new Bun.Transpiler({ loader: "ts" }).transformSync(text);
}
