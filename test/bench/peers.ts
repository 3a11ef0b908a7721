import { Database } from "bun:sqlite";
import { writeFileSync } from "node:fs";
import { basename } from "node:path";

import { freePort } from "../foyer_process.ts";
import type { Bench } from "./bench.ts";
import type { Compared } from "./compared.ts";
import { ask } from "./load_client.ts";
import { PEER_TABLES, type PeerPlan } from "./peers/plan.ts";
import { navbarRequest, pageRequest, signInRequest } from "./requests.ts";
import type { Member } from "./seed.ts";
import { type BenchServer, CLIENT_ID, type StartOptions, startServer } from "./servers.ts";

/** The same in other frameworks, as their pages suggest. They do less. */
export type Peers = Record<"hono" | "elysia", BenchServer>;

const PEOPLE = `
  insert into users select id, sub, email, name, picture from members.users;
  insert into sessions select t.hash, s.user_id, s.expires_at
    from members.session_tokens t join members.sessions s on s.id = t.session_id`;

/** Starts the peers, with the same people and sessions. */
export async function startPeers(bench: Bench, servers: Compared): Promise<Peers> {
  const from = servers.foyer.database;
  const { hono: honoProgram = "", elysia: elysiaProgram = "" } = bench.programs;
  const hono = await startServer(
    bench,
    preparePeer(bench, { name: "Hono", program: honoProgram, from }),
  );
  const elysia = await startServer(
    bench,
    preparePeer(bench, { name: "Elysia", program: elysiaProgram, from }),
  );
  for (const peer of [hono, elysia]) await requireAnswers(peer, servers);
  return { hono, elysia };
}

/** What a peer needs to start: its file, with the people and sessions of Foyer's. */
export function preparePeer(
  { directory, standIn }: Bench,
  { name, program, from }: { name: string; program: string; from: string },
): StartOptions {
  const port = freePort();
  const database = `${directory}/${basename(from, ".db")}_${name}.db`;
  createDatabase(database, from);
  const jwksUrl = `${standIn.origin}/oauth2/v3/certs`;
  const plan: PeerPlan = { port, databasePath: database, clientId: CLIENT_ID, jwksUrl };
  writeFileSync(`${database}.json`, JSON.stringify(plan));
  return { name, command: [program, `${database}.json`], port, database };
}

function createDatabase(path: string, membersPath: string): void {
  using database = new Database(path);
  database.run(PEER_TABLES);
  database.run(`attach '${membersPath}' as members`);
  database.run(PEOPLE);
}

async function requireAnswers({ name, port }: BenchServer, servers: Compared): Promise<void> {
  const { host, members } = servers;
  const member = members[1] as Member;
  const navbar = await ask(port, navbarRequest(host, member));
  const isNamed = navbar.body.includes(Bun.escapeHTML(member.name));
  if (!isNamed || !navbar.body.includes(member.email)) throw new Error(`${name}: ${navbar.body}`);
  const { body } = await ask(port, pageRequest(host, member));
  if (!body.includes('hx-get="/auth/auth_navbar"')) throw new Error(`${name}: ${body}`);
  const begun = await ask(port, await signInRequest(servers, member));
  const token = /session_id=([^;]*)/.exec(JSON.stringify(begun.headers))?.[1] ?? "";
  const again = await ask(port, navbarRequest(host, { token }));
  if (again.status !== 200) throw new Error(`${name}: ${begun.body}`);
}
