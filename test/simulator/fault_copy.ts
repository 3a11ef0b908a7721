import { readdirSync } from "node:fs";
import { join } from "node:path";

import { TreeCopy } from "../recipe.ts";
import { FOUND } from "./exit_codes.ts";

const FOLDER = join(import.meta.dir, "faults");
const ENDING = ".patch";

/** The names of the known faults. */
export const FAULT_NAMES: readonly string[] = readdirSync(FOLDER)
  .filter((file) => file.endsWith(ENDING))
  .map((file) => file.slice(0, -ENDING.length))
  .toSorted();

/** A copy of the application with the fault in `faults/NAME.patch`. Throws if the patch does not apply. */
export function copyWithFault(name: string): TreeCopy {
  if (!FAULT_NAMES.includes(name)) {
    throw new RangeError(`There is no fault "${name}", only ${FAULT_NAMES.join(", ")}`);
  }
  const copy = new TreeCopy();
  copy.run("git", "apply", join(FOLDER, name + ENDING));
  return copy;
}

/** Runs the simulator in a copy with a fault, and returns whether it finds it. Only `output` shows what it says. */
export async function findFault(
  name: string,
  { args, output }: { args: readonly string[]; output: "inherit" | "ignore" },
): Promise<boolean> {
  using copy = copyWithFault(name);
  const child = Bun.spawn([process.execPath, "test/simulator/run.ts", ...args], {
    cwd: copy.root,
    stdout: output,
    stderr: output,
  });
  const code = await child.exited;
  if (code !== 0 && code !== FOUND) throw new Error("The simulator itself failed");
  return code === FOUND;
}
