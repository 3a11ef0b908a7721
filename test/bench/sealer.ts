import { openStore } from "../../db/open_store.ts";
import { parseDatabase } from "../../src/config/database.ts";
import { MACHINE } from "../../src/machine.ts";
import type { PostgresBench } from "./postgres_servers.ts";
import { readFamilyCpuUs } from "./processor_time.ts";

const DETAILS =
  '{"name":"Ada & Grace the 17th","email":"member.17@gmail.com","method":"btn","network":"203.0.113.0/24"}';

/** How long it takes to chain `count` events of the audit log that wait. Returns text. */
export async function measureSealer(
  { address, sql, server }: PostgresBench,
  count: number,
): Promise<string> {
  const store = await openStore(parseDatabase(address), MACHINE);
  await sql.unsafe(
    `insert into audit_pending (at, kind, actor_id, subject_id, details_hash, salt, details, email)
     select ${Date.now()}, 'signed_in', md5(i::text)::uuid::text, md5(i::text)::uuid::text,
       md5(i::text) || '00000000000', left(md5(i::text), 22), '${DETAILS}', 'member.17@gmail.com'
     from generate_series(1, ${count}) as row (i)`,
  );
  const cpu = process.cpuUsage();
  const postgres = readFamilyCpuUs(server.pid ?? 0);
  const begun = performance.now();
  await store.findLastSeq();
  const us = (performance.now() - begun) * 1000;
  const { user, system } = process.cpuUsage(cpu);
  await store.close();
  const each = (all: number) => `${(all / count).toFixed(0)} µs`;
  return [
    `${count} events that wait are chained in ${each(us)} each: processor time of Foyer ${each(user + system)},`,
    `of PostgreSQL ${each(readFamilyCpuUs(server.pid ?? 0) - postgres)}`,
  ].join(" ");
}
