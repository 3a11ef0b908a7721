import type { CommandContext } from "./command_line.ts";
import { safeJson, safeLine } from "./safe_text.ts";

/** The option `--json`, for `readArguments`. */
export const JSON_OPTION = { json: { type: "boolean" } } as const;

/** Shows a value: as JSON on one line, or as its lines of text. */
export type Show = (value: unknown, lines: string[]) => Promise<void>;

/** Creates what shows the output of a command, as the option `json` says. */
export function createShow(
  { writeLine }: Pick<CommandContext, "writeLine">,
  { json }: { json?: boolean | undefined },
): Show {
  return async (value, lines) => {
    if (json) return await writeLine(safeJson(value));
    for (const line of lines) await writeLine(safeLine(line));
  };
}
