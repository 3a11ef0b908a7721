import { join } from "node:path";

const ROOT = join(import.meta.dir, "..");

/** Compiles Foyer as `bun run build` does, but into `folder`, and returns the path of the binary. */
export function buildBinary(folder: string): string {
  const outfile = join(folder, "foyer");
  const build = [process.execPath, "src/build.ts", `--outfile=${outfile}`];
  const { success, stderr } = Bun.spawnSync(build, { cwd: ROOT });
  if (!success) throw new Error(stderr.toString());
  return outfile;
}
