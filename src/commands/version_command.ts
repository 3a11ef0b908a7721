import { BUILD, VERSION } from "../build_info.ts";
import { type Command, type CommandContext, CommandError, readArguments } from "./command_line.ts";

/** `foyer version`: what runs here. */
export const VERSION_COMMAND: Command = {
  summary: "Shows the version, the commit, Bun's version and the machines that it is for",
  usage: `foyer version [--licences] [--json]

Shows the version, the commit that it was built from, Bun's version, and which machines it is for.

--licences  Shows the licences of everything that is inside the binary
--json      Shows one JSON value`,
  run: async ({ print }, args) => {
    const options = { licences: { type: "boolean" }, json: { type: "boolean" } } as const;
    const { values } = readArguments(args, { usage: VERSION_COMMAND.usage, count: 0, options });
    if (values.licences) return printLicences(print, values.json);
    const found = {
      version: VERSION,
      commit: BUILD?.commit ?? null,
      bun: Bun.version,
      target: BUILD?.target ?? null,
    };
    if (values.json) return print(JSON.stringify(found));
    print(`Foyer ${VERSION}
commit  ${found.commit ?? "none: it runs from its source"}
target  ${found.target ?? "none: it runs from its source"}
Bun     ${found.bun}`);
  },
};

function printLicences(print: CommandContext["print"], isJson = false): void {
  if (!BUILD) throw new CommandError("Only the binary knows what is inside it: bun run build");
  if (isJson) return print(JSON.stringify(BUILD.licences));
  for (const { name, version, licence, text } of BUILD.licences) {
    print(`── ${name} ${version}: ${licence}\n\n${text}\n`);
  }
}
