import { PATHS } from "../../../src/paths.ts";
import { createDeviceKey, DbscBrowser } from "../../dbsc_browser.ts";
import { ADA, CLIENT_ID, GRACE } from "../../fixture.ts";
import type { OwnServer } from "../own_server.ts";
import type { Sent, Thief } from "./thief.ts";

/** An answer that a thief has read. */
interface Read {
  what: string;
  status: number;
  headers: Headers;
  text: string;
}

/** Who has Ada's cookies, and the name of her session, without her device. */
interface Theft {
  server: OwnServer;
  thief: Thief;
  session: string;
}

/** Has the thief try every route, a key of its own, and to sign in as somebody else. Answers with what it has read. */
export async function attemptEverything(theft: Theft): Promise<Read[]> {
  const read = [...(await attemptRoutes(theft)), ...(await attemptKey(theft))];
  if (await theft.thief.isIn()) throw new Error("The thief is in");
  return [...read, await attemptSignIn(theft)];
}

async function attemptRoutes(theft: Theft): Promise<Read[]> {
  const read: Read[] = [];
  const fields = new URLSearchParams({ email: GRACE.email, name: GRACE.name });
  for (const { method, path } of theft.server.foyer.app.routes) {
    for (const named of await fillPath(path, theft)) {
      const body = method === "GET" ? {} : { body: fields };
      read.push(await attempt(named, { theft, sent: { method, ...body } }));
    }
  }
  return read;
}

/** The path with every name that may stand in it. */
async function fillPath(path: string, { server, session }: Theft): Promise<string[]> {
  const { foyer } = server;
  if (path.endsWith("/:name")) {
    const pages = [...foyer.deps.pages.map(({ name }) => name), "account", "admin", "record"];
    return [...pages, "admin.people", "admin.invitations"].map((name) =>
      path.replace(":name", name),
    );
  }
  const [ada] = await foyer.store.findPeopleByEmail(ADA.email);
  return path.includes(":id")
    ? [session, ada?.id ?? ""].map((id) => path.replace(":id", id))
    : [path];
}

async function attemptKey(theft: Theft): Promise<Read[]> {
  const device = new DbscBrowser(theft.server.foyer.visitor(), await createDeviceKey());
  const ask = (path: string, proof: Record<string, string>) => {
    const headers = { "sec-secure-session-id": theft.session, ...proof };
    return attempt(path, { theft, sent: { method: "POST", headers } });
  };
  const challenged = await ask(PATHS.bindingRefresh, {});
  device.noteChallenge(challenged.headers);
  if (challenged.status !== 403) throw new Error(`The thief gets ${challenged.status}`);
  const own = { "secure-session-response": await device.prove() };
  const registration = await device.prove({ header: { jwk: device.key.jwk } });
  return [
    challenged,
    await ask(PATHS.bindingRefresh, own),
    await ask(PATHS.binding, { "secure-session-response": registration }),
  ];
}

async function attemptSignIn(theft: Theft): Promise<Read> {
  const { text } = await attempt(PATHS.navbar, { theft, sent: {} });
  const nonce = /data-nonce="([^"]+)"/.exec(text)?.[1] ?? "";
  const credential = await theft.server.google.issueToken({
    person: GRACE,
    clientId: CLIENT_ID,
    nonce,
  });
  const body = new URLSearchParams({ credential });
  return attempt(PATHS.login, { theft, sent: { method: "POST", body } });
}

async function attempt(
  path: string,
  { theft: { thief, session }, sent }: { theft: Theft; sent: Sent },
): Promise<Read> {
  const headers = { "x-signed-in-as": session, ...sent.headers };
  const answer = await thief.send(path, { ...sent, headers });
  const { status } = answer;
  return {
    what: `${sent.method ?? "GET"} ${path}`,
    status,
    headers: answer.headers,
    text: await answer.text(),
  };
}
