import { openBeside } from "../add_sessions.ts";
import { seedEvents } from "../audit_seed.ts";
import type { Subject } from "../bench.ts";
import { navbarRequest } from "../requests.ts";
import { runCommand } from "../run_command.ts";
import type { Member } from "../seed.ts";
import { type BenchServer, startServer } from "../servers.ts";
import { prepareStarts } from "../started.ts";
import { longestWait, measureQuiet, measureWaits } from "../waits.ts";

const PEOPLE = 1000;

/** How long requests wait while the audit log is exported, verified, and backed up with all that is in the file. */
export const auditLog: Subject = {
  name: "audit_log",
  isCheap: false,
  async measure(bench) {
    const { members, foyer } = prepareStarts(bench, { name: "audit", people: PEOPLE });
    seedEvents(foyer.database, { members, count: bench.many });
    const server = await startServer(bench, foyer);
    const admin = members[0] as Member;
    makeAdmin(server, admin);
    const host = `localhost:${server.port}`;
    const requests = members.slice(1).map((member) => navbarRequest(host, member));
    const run = (...args: string[]) => runCommand(bench, foyer, args);
    const works = [
      ["export", () => readExport(host, { token: admin.token, events: bench.many })],
      ["export by command", () => run("audit", "export")],
      ["verification", () => run("audit", "verify")],
      ["backup", () => run("backup", `${bench.directory}/backup.db`)],
    ] as const;
    const asking = { port: server.port, requests };
    const quiet = await measureQuiet(asking);
    const rows = [];
    for (const [name, work] of works) {
      const begun = performance.now();
      const times = await measureWaits(asking, work());
      const beside = `${quiet}; ${((performance.now() - begun) / 1000).toFixed(1)} s`;
      const what = `longest wait: ${name}, ${bench.many.toLocaleString("en")} events`;
      rows.push(longestWait(what, times, beside));
    }
    return rows;
  },
};

function makeAdmin({ database: path }: BenchServer, { id }: Member): void {
  using database = openBeside(path);
  database.run("update users set admin_since = ?1 where id = ?2", [Date.now(), id]);
}

/** Reads the whole log over HTTP, as an administrator's browser saves it. */
async function readExport(
  host: string,
  { token, events }: { token: string; events: number },
): Promise<void> {
  const headers = { Cookie: `session_id=${token}`, "Sec-Fetch-Site": "same-origin" };
  const answer = await fetch(`http://${host}/admin/record?format=jsonl`, { headers });
  let lines = 0;
  for await (const chunk of answer.body as ReadableStream<Uint8Array>) {
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) lines += 1;
  }
  if (answer.status !== 200 || lines < events)
    throw new Error(`The export has ${lines} lines: ${answer.status}`);
}
