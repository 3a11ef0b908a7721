import { join } from "node:path";

import { scripts } from "../package.json";

const ROOT = join(import.meta.dir, "..");

/** Compiles Foyer as `bun run build` does, but into `folder`, and returns the path of the binary. */
export function buildBinary(folder: string): string {
  const outfile = join(folder, "foyer");
  const [, build = ""] = scripts.build.split(" && bun ");
  const args = build.replace("dist/foyer", outfile).split(" ");
  const { success, stderr } = Bun.spawnSync([process.execPath, ...args], { cwd: ROOT });
  if (!success) throw new Error(stderr.toString());
  return outfile;
}
