/** How bad something is: a warning can wait, a problem cannot. */
export type Severity = "ok" | "warning" | "problem";

/** What a check found. It never holds a secret. */
export interface Finding {
  /** What was looked at. */
  check: string;
  severity: Severity;
  text: string;
  /** What to do about it; `null` if it is well. */
  cure: string | null;
}

/** Creates the findings of one check. */
export function findingsOf(check: string) {
  const find =
    (severity: Severity) =>
    (text: string, cure: string | null = null): Finding => ({ check, severity, text, cure });
  return { ok: find("ok"), warning: find("warning"), problem: find("problem") };
}

/** The reason why a request got no answer, in a few words. */
export function reasonOf(error: unknown): string {
  const { code, name, message } = error as { code?: string; name?: string; message?: string };
  if (name === "TimeoutError") return "no answer in time";
  return code ?? message ?? String(error);
}

/** How long a request of the doctor may take, in milliseconds. */
export const TIMEOUT_MS = 10_000;
