import type { Environment } from "../../config.ts";
import type { ConfigCheck } from "../../config/check.ts";
import { describeUnknown } from "../../config/names.ts";
import { type Finding, findingsOf } from "./finding.ts";

const { ok, warning, problem } = findingsOf("settings");

/** Checks the settings, as `foyer check-config` does, and what weakens TLS. */
export function checkSettings({ mistakes, unknown }: ConfigCheck, env: Environment): Finding[] {
  const findings = [
    ...mistakes.map((mistake) =>
      problem(mistake, "Correct it; the doctor needs the settings that the server has"),
    ),
    ...unknown.map((variable) => warning(describeUnknown(variable), "Correct or unset it")),
    ...(env.NODE_TLS_REJECT_UNAUTHORIZED === "0"
      ? [warning("NODE_TLS_REJECT_UNAUTHORIZED=0 believes any certificate", "Unset it")]
      : []),
  ];
  return findings.length > 0 ? findings : [ok("All variables are valid")];
}
