import { Database } from "bun:sqlite";
import { deepStrictEqual } from "node:assert";

import { PATHS } from "../../src/paths.ts";
import type { Answer } from "./answer.ts";
import type { Compared } from "./compared.ts";
import { ENCODINGS, LANGUAGES } from "./floor/plan.ts";
import { ask } from "./load_client.ts";
import { CONTENT_PATH } from "./read_plan.ts";
import { navbarRequest, readRequest, signInRequest, signOutRequest } from "./requests.ts";
import type { Member } from "./seed.ts";

/** Each answer has its own. The floor repeats one that it has read, which costs it nothing. */
const OWN_VALUES = ["date", "x-signed-out-in", "x-request-id", "x-answered-for"];
/** Foyer may compress what it draws for one person. The floor never does. */
const OF_ENCODING = ["content-encoding", "content-length"];
const MEMBERS = 20;

/**
 * Throws unless floor and binary give the same answers (status, headers, body; but for what each answer has of its own)
 * and write the same rows.
 */
export async function requireSameAnswers(servers: Compared): Promise<void> {
  const { members, foyer, floor } = servers;
  const [first, ...others] = members.slice(0, MEMBERS);
  await askBoth(servers, { member: first as Member, turn: 0 });
  const before = [foyer, floor].map(({ database }) => countRows(database));
  for (const [turn, member] of others.entries()) await askBoth(servers, { member, turn });
  const [expected, written] = [foyer, floor].map(({ database }, index) =>
    Object.entries(countRows(database)).map(([table, count]) => {
      return [table, count - (before[index]?.[table] ?? 0)];
    }),
  );
  deepStrictEqual(written, expected, "The floor writes other rows");
}

/** Asks both for everything that one member's browser asks for. */
async function askBoth(
  servers: Compared,
  { member, turn }: { member: Member; turn: number },
): Promise<void> {
  const { host, foyer, floor, assets } = servers;
  const both = async (request: Uint8Array, leftOut: string[] = []) => {
    const [expected, answer] = [await ask(foyer.port, request), await ask(floor.port, request)];
    deepStrictEqual(comparable(answer, leftOut), comparable(expected, leftOut));
    return [expected, answer] as const;
  };
  await both(navbarRequest(host, member), OF_ENCODING);
  await both(readRequest(host, { path: CONTENT_PATH, token: member.token }), OF_ENCODING);
  const encodings = `${ENCODINGS[turn % ENCODINGS.length]}`;
  const languages = `${LANGUAGES[turn % LANGUAGES.length]}`;
  for (const token of [null, member.token]) {
    for (const path of [PATHS.page, ...assets]) {
      await both(readRequest(host, { path, token, encodings, languages }));
    }
  }
  const begun = await both(await signInRequest(servers, member));
  if (turn % 2 === 0) await requireSameEnd(servers, begun);
  const stranger: Pick<Member, "token"> = { token: member.token.replace(/./g, "x") };
  const refused = await ask(floor.port, navbarRequest(host, stranger));
  if (refused.status !== 401) throw new Error("The floor lets strangers in");
}

/** Each server knows its own token. */
async function requireSameEnd({ host, foyer, floor }: Compared, begun: readonly Answer[]) {
  const ended: Answer[] = [];
  for (const [index, { port }] of [foyer, floor].entries()) {
    const cookie = begun[index]?.headers.find(([name]) => name.toLowerCase() === "set-cookie")?.[1];
    const token = /=([\w-]{43});/.exec(cookie ?? "")?.[1] ?? "";
    ended.push(await ask(port, signOutRequest(host, { token })));
  }
  const [expected, answer] = ended.map((one) => comparable(one, []));
  deepStrictEqual(answer, expected);
}

function comparable({ status, headers, body }: Answer, leftOut: string[]) {
  const named = headers
    .map(([name, value]): [string, string] => [name.toLowerCase(), value])
    .filter(([name]) => !leftOut.includes(name))
    .map(([name, value]): [string, string] => {
      if (OWN_VALUES.includes(name)) return [name, ""];
      return [name, name === "set-cookie" ? value.replace(/=[\w-]{43};/, "=;") : value];
    });
  return { status, headers: Object.fromEntries(named), body };
}

/** How many rows each table has that Foyer writes. */
function countRows(path: string): Record<string, number> {
  using database = new Database(path, { readonly: true });
  const tables = database
    .query<{ name: string }, []>(
      `select name from sqlite_schema where type = 'table' and name not like 'floor\\_%' escape '\\'
       and name not like 'sqlite\\_%' escape '\\' and name not like 'users\\_search%' escape '\\' order by name`,
    )
    .all();
  return Object.fromEntries(
    tables.map(({ name }) => {
      const row = database.query<{ count: number }, []>(`select count(*) as count from "${name}"`);
      return [name, row.get()?.count ?? 0];
    }),
  );
}
