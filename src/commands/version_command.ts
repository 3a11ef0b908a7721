import { BUILD, VERSION } from "../build_info.ts";
import { type Command, CommandError, readArguments } from "./command_line.ts";
import { createShow, JSON_OPTION, type Show } from "./show.ts";

/** `foyer version`: what runs here. */
export const VERSION_COMMAND: Command = {
  summary: "Shows the version, the commit, Bun's version and the machines that it is for",
  usage: `foyer version [--licences] [--json]

Shows the version, the commit that it was built from, Bun's version, and which machines it is for.

--licences  Shows the licences of everything that is inside the binary
--json      Shows one JSON value`,
  run: async (context, args) => {
    const options = { licences: { type: "boolean" }, ...JSON_OPTION } as const;
    const { values } = readArguments(args, { usage: VERSION_COMMAND.usage, count: 0, options });
    const show = createShow(context, values);
    if (values.licences) return await showLicences(show);
    const found = {
      version: VERSION,
      commit: BUILD?.commit ?? null,
      bun: Bun.version,
      target: BUILD?.target ?? null,
    };
    await show(found, [
      `Foyer ${VERSION}`,
      `commit  ${found.commit ?? "none: it runs from its source"}`,
      `target  ${found.target ?? "none: it runs from its source"}`,
      `Bun     ${found.bun}`,
    ]);
  },
};

async function showLicences(show: Show): Promise<void> {
  if (!BUILD) throw new CommandError("Only the binary knows what is inside it: bun run build");
  const lines = BUILD.licences.flatMap(({ name, version, licence, text }) => [
    `── ${name} ${version}: ${licence}`,
    "",
    ...text.split("\n"),
    "",
  ]);
  await show(BUILD.licences, lines);
}
