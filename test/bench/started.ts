import { freePort } from "../foyer_process.ts";
import type { Bench } from "./bench.ts";
import { preparePeer } from "./peers.ts";
import { type Member, seedMembers } from "./seed.ts";
import { environment, type StartOptions } from "./servers.ts";

/** Servers that are started for themselves: how each is, again and again. */
export interface Startable {
  members: Member[];
  foyer: StartOptions;
  elysia: StartOptions | null;
}

/** Foyer, and plain Elysia where it is compiled, each on a file of its own with the same people. */
export function prepareStarts(
  bench: Bench,
  { name, people }: { name: string; people: number },
): Startable {
  const { directory, standIn, programs } = bench;
  const database = `${directory}/${name}.db`;
  const members = seedMembers(database, { count: people });
  const port = freePort();
  const env = environment({ port, standIn, database: `file:${name}.db` });
  const foyer = { name: "Foyer", command: [programs.foyer], port, database, env };
  const elysia = programs.elysia
    ? preparePeer(bench, { name: "Elysia", program: programs.elysia, from: database })
    : null;
  return { members, foyer, elysia };
}
