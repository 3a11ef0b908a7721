import { join } from "node:path";

import type { Finding, Severity } from "../../src/commands/doctor/finding.ts";

const ROOT = join(import.meta.dir, "../..");

/** What the doctor says. */
export interface Diagnosis {
  exitCode: number;
  isWell: boolean;
  findings: Finding[];
  /** The severities of a check's findings. */
  of(check: string): Severity[];
  /** All that it printed. */
  output: string;
}

/** Runs `foyer doctor --json` as a process of its own, with nothing in its environment but `env`. */
export async function runDoctor(env: Record<string, string>): Promise<Diagnosis> {
  const pipes = { stdout: "pipe", stderr: "pipe" } as const;
  const command = [process.execPath, "src/main.ts", "doctor", "--json"];
  const { stdout, stderr, exited } = Bun.spawn(command, { cwd: ROOT, env, ...pipes });
  const [out, err] = await Promise.all([new Response(stdout).text(), new Response(stderr).text()]);
  const { isWell, findings } = JSON.parse(out) as Pick<Diagnosis, "isWell" | "findings">;
  return {
    exitCode: await exited,
    isWell,
    findings,
    of: (check) => findings.filter((one) => one.check === check).map((one) => one.severity),
    output: out + err,
  };
}
