import { join } from "node:path";

const ROOT = join(import.meta.dir, "../..");

/** The beginning of a shell line that runs Foyer from source. */
export const FOYER = `'${process.execPath}' src/main.ts`;

/** Starts `foyer ARGS` from source as a process of its own. */
export function startSource(args: string[], env: Record<string, string>) {
  const command = [process.execPath, "src/main.ts", ...args];
  return Bun.spawn(command, { cwd: ROOT, env, stdin: "ignore", stdout: "pipe", stderr: "pipe" });
}

/** Runs a line of a shell in Foyer's folder, and returns what it printed. */
export async function runShell(line: string, env: Record<string, string>) {
  const child = Bun.spawn(["/bin/sh", "-c", line], {
    cwd: ROOT,
    env: { PATH: process.env.PATH ?? "", ...env },
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
  });
  const [stdout, stderr] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ]);
  return { stdout, stderr, exitCode: await child.exited };
}

/** Runs `foyer ARGS` from source on a terminal, which types `answer` once it has shown `question`. */
export async function runOnTerminal(
  args: string[],
  { env, question, answer }: { env: Record<string, string>; question: string; answer: string },
) {
  let shown = "";
  let isAnswered = false;
  const decoder = new TextDecoder();
  const child = Bun.spawn([process.execPath, "src/main.ts", ...args], {
    cwd: ROOT,
    env,
    terminal: {
      data(terminal, data) {
        shown += decoder.decode(data, { stream: true });
        if (isAnswered || !shown.includes(question)) return;
        isAnswered = true;
        terminal.write(answer);
      },
    },
  });
  const exitCode = await child.exited;
  child.terminal?.close();
  return { exitCode, shown };
}
