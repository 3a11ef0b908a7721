import type { Config } from "../../config.ts";
import { PATHS } from "../../paths.ts";
import { askHere, isFoyers } from "./ask_here.ts";
import { type Finding, findingsOf, reasonOf } from "./finding.ts";
import { readOpenFilesLimit } from "./listening_process.ts";

const server = findingsOf("server");
const files = findingsOf("open files");

/** What event streams of 10,000 people take, and as much again. */
const ENOUGH_FILES = 20_000;

/** Checks the server on this machine, without the proxy in front. */
export async function checkServer(config: Config): Promise<Finding[]> {
  const place = `${config.host}, port ${config.port}`;
  try {
    const answer = await askHere(config, PATHS.ready);
    if (!isFoyers(answer)) {
      return [server.problem(`Another program answers on ${place}`, "Set PORT to a free one")];
    }
    const { status, database, keys } = (await answer.json()) as Record<string, unknown>;
    const ready =
      status === "ready"
        ? server.ok(`It is ready on ${place}`)
        : server.problem(
            `It is not ready on ${place} (database: ${database}, keys: ${keys})`,
            "See its log",
          );
    return [ready, ...checkOpenFiles(config.port)];
  } catch (error) {
    return [
      server.problem(`No server on ${place}: ${reasonOf(error)}`, "Start it, or see its log"),
    ];
  }
}

function checkOpenFiles(port: number): Finding[] {
  const limit = readOpenFilesLimit(port);
  if (limit === null) return [];
  const text = `The server may open ${limit} files; each connection takes one`;
  return [limit < ENOUGH_FILES ? files.warning(text, "LimitNOFILE=65536") : files.ok(text)];
}
