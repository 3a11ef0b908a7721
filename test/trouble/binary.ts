import { join } from "node:path";

const ROOT = join(import.meta.dir, "../..");
const FLAGS = "--compile --no-compile-autoload-dotenv --no-compile-autoload-bunfig --minify";

/** Compiles the binary into `folder`, and returns its path. */
export function buildBinary(folder: string): string {
  const outfile = join(folder, "foyer");
  const command = [process.execPath, "build", ...FLAGS.split(" "), "src/main.ts"];
  const built = Bun.spawnSync([...command, "--outfile", outfile], { cwd: ROOT });
  if (!built.success) throw new Error(built.stderr.toString());
  return outfile;
}
