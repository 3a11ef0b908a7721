import { createPeople, type SearchIndex } from "./add_people.ts";
import { openBeside } from "./add_sessions.ts";
import type { Bench } from "./bench.ts";
import { type Compared, startCompared } from "./compared.ts";
import { ask } from "./load_client.ts";
import { readRequest } from "./requests.ts";
import type { Member } from "./seed.ts";

/** Foyer and the floor with very many people. */
export interface Million extends Compared {
  index: SearchIndex;
  /** Of an administrator. */
  adminToken: string;
}

const KNOWN = 20_000;

/** Starts them, each on its own copy of a file. */
export async function startMillion(bench: Bench): Promise<Million> {
  let index: SearchIndex = { bytes: 0, buildMs: 0 };
  const seed = (path: string) => {
    const created = createPeople(path, { count: bench.many, known: KNOWN });
    index = created.index;
    return created.members;
  };
  const servers = await startCompared(bench, { name: "many", seed });
  const admin = servers.members.pop() as Member;
  using database = openBeside(servers.foyer.database);
  database.run("update users set admin_since = ?1 where id = ?2", [Date.now(), admin.id]);
  const request = readRequest(servers.host, { path: "/htmx/admin", token: admin.token });
  const { status, body } = await ask(servers.foyer.port, request);
  if (status !== 200) throw new Error(`No administrator: ${body}`);
  return { ...servers, index, adminToken: admin.token };
}
