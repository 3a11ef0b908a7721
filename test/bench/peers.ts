import { Database } from "bun:sqlite";

import { freePort } from "../foyer_process.ts";
import type { Bench } from "./bench.ts";
import type { Compared } from "./compared.ts";
import { ask } from "./load_client.ts";
import { PEER_TABLES, type PeerPlan } from "./peers/plan.ts";
import { navbarRequest, pageRequest, signInRequest } from "./requests.ts";
import type { Member } from "./seed.ts";
import { type BenchServer, startServer } from "./servers.ts";

/** The same in other frameworks, as their pages suggest. They do less. */
export type Peers = Record<"hono" | "elysia", BenchServer>;

const PEOPLE = `
  insert into users select id, sub, email, name, picture from members.users;
  insert into sessions select t.hash, s.user_id, s.expires_at
    from members.session_tokens t join members.sessions s on s.id = t.session_id`;

/** Starts the peers, with the same people and sessions. */
export async function startPeers(bench: Bench, servers: Compared): Promise<Peers> {
  const hono = await startPeer("hono", "Hono");
  const elysia = await startPeer("elysia", "Elysia");
  return { hono, elysia };

  async function startPeer(program: "hono" | "elysia", name: string): Promise<BenchServer> {
    const database = `${bench.directory}/${program}.db`;
    createDatabase(database, servers.foyer.database);
    const port = freePort();
    const jwksUrl = `${servers.standIn.origin}/oauth2/v3/certs`;
    const plan: PeerPlan = { port, databasePath: database, clientId: servers.clientId, jwksUrl };
    await Bun.write(`${database}.json`, JSON.stringify(plan));
    const command = [bench.programs[program] ?? "", `${database}.json`];
    const peer = await startServer(bench, { name, command, port, database });
    await requireAnswers(peer, servers);
    return peer;
  }
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
