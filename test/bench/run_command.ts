import type { Bench } from "./bench.ts";
import type { StartOptions } from "./servers.ts";

/** Runs a command of the binary beside the server that `server` describes. Throws if it fails. */
export async function runCommand(
  { directory }: Bench,
  { command, env = {} }: StartOptions,
  args: string[],
): Promise<void> {
  const child = Bun.spawn([...command, ...args], {
    cwd: directory,
    env,
    stdout: "ignore",
    stderr: "pipe",
  });
  const said = await new Response(child.stderr).text();
  if ((await child.exited) !== 0) throw new Error(`foyer ${args.join(" ")}: ${said}`);
}
