import { openSqlite } from "../../db/sqlite/open_sqlite.ts";
import type { Environment } from "../../src/config.ts";
import type { StandInPerson } from "../../src/google_stand_in/people.ts";
import { type Client, createClientReader } from "../../src/http/client_address.ts";
import { MACHINE } from "../../src/machine.ts";
import { PATHS } from "../../src/paths.ts";
import { createLineSink, createLog } from "../../src/process/log_sink.ts";
import { createRefusalCounts } from "../../src/session/refusal_counts.ts";
import { ADA, createClock, createFoyer, type Foyer } from "../fixture.ts";
import type { Visitor } from "../visitor.ts";

/** An application behind a proxy on its machine. */
const PUBLIC = { ORIGIN: "https://app.example.com", SIGN_IN_LIMIT: "60" };

const PEER = "x-test-peer";

/** The headers of a request as it arrives: from the proxy on this machine unless said otherwise. */
export function from(forwardedFor: string, peer = "127.0.0.1"): Record<string, string> {
  return { [PEER]: peer, ...(forwardedFor ? { "x-forwarded-for": forwardedFor } : {}) };
}

/** An application whose clients are found as the server finds them, and whose log is bounded as the server's. */
export async function createLimited(env: Environment = {}): Promise<Foyer> {
  const [clock, store] = [createClock(), openSqlite(":memory:", MACHINE)];
  const logLines: string[] = [];
  const now = () => clock.now;
  const log = createLog(
    createLineSink((line) => logLines.push(line)),
    { now },
  );
  const refusals = createRefusalCounts({ store, now, log });
  let read: ReturnType<typeof createClientReader> | undefined;
  const foyer = await createFoyer({ ...PUBLIC, ...env }, { clock, store, log, refusals, clientOf });
  return { ...foyer, logLines };

  function clientOf({ headers }: Request): Client {
    const { trustedProxies: trusted, origin } = foyer.deps.config;
    read ??= createClientReader({ trusted, isBehindProxy: origin.startsWith("https:"), log });
    const peer = headers.get(PEER) ?? "127.0.0.1";
    return read({ peer, forwardedFor: headers.get("x-forwarded-for") });
  }
}

/** Posts a credential that Google has not signed. */
export function postBad(visitor: Visitor, headers: Record<string, string>): Promise<Response> {
  const body = new URLSearchParams({ credential: "e30.e30.e30" });
  return visitor.send(PATHS.login, { method: "POST", headers, body });
}

/** Posts so many of them, and counts the answers by status. */
export async function postBadOnes(
  foyer: Foyer,
  count: number,
  headersOf: (index: number) => Record<string, string>,
): Promise<Record<number, number>> {
  const visitor = foyer.visitor();
  const statuses: Record<number, number> = {};
  for (let index = 0; index < count; index += 1) {
    const { status } = await postBad(visitor, headersOf(index));
    statuses[status] = (statuses[status] ?? 0) + 1;
  }
  return statuses;
}

/** Signs somebody in, from an address. */
export async function signInFrom(
  visitor: Visitor,
  headers: Record<string, string>,
  person: StandInPerson = ADA,
): Promise<Response> {
  const navbar = await visitor.fragment(PATHS.navbar, { headers });
  const nonce = /data-nonce="([^"]+)"/.exec(await navbar.text())?.[1] ?? "";
  const credential = await visitor.credential(person, { nonce });
  const body = new URLSearchParams({ credential });
  return visitor.send(PATHS.login, { method: "POST", headers, body });
}
