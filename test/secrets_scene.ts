import { expect } from "bun:test";

import { PATHS } from "../src/paths.ts";
import { ADA, CLIENT_ID, type Foyer, GRACE } from "./fixture.ts";
import { act, person } from "./routes/admin_scene.ts";
import type { Visitor } from "./visitor.ts";

/** Signs in by each way, with every kind of mistake that an error could quote. */
export async function signInByAllWays(visitor: Visitor, who: typeof ADA): Promise<void> {
  const redirected = await visitor.send(`${PATHS.google}?return=/spa/content.list`);
  const google = new URL(redirected.headers.get("location") ?? "").searchParams;
  const [nonce = "", state = ""] = [google.get("nonce"), google.get("state")].map(String);
  const id_token = await visitor.credential(who, { nonce });
  await visitor.post(PATHS.callback, { id_token, state: `${state}x` });
  await visitor.post(PATHS.callback, { id_token, state });
  await visitor.post(PATHS.callback, { id_token, state });
  visitor.cookies.set("g_csrf_token", "cross-site-request-token");
  const credential = await visitor.credential(who, { nonce: await visitor.anonymousNonce() });
  await visitor.post(PATHS.callback, { credential, g_csrf_token: "another-token-than-that" });
  for (let attempt = 0; attempt < 2; attempt++) await visitor.post(PATHS.login, { credential });
  const damaged = [
    `${credential.slice(0, -4)}AAAA`,
    credential.slice(1),
    credential.slice(0, credential.lastIndexOf(".")),
    `${credential}.${credential}`,
    JSON.stringify({ credential }),
  ];
  for (const credential of damaged) await visitor.post(PATHS.login, { credential });
  // A person or a proxy that puts a token where none belongs.
  const cookie = `session_id=${visitor.sessionToken}`;
  await visitor.send(`/spa/${credential}`);
  await visitor.fragment(`/htmx/content.list?from=${credential}`);
  await visitor.fragment("/htmx/content.unknown", { headers: { "hx-current-url": credential } });
  await visitor.send("/nowhere", { headers: { referer: `http://localhost/?${cookie}` } });
  await visitor.send(PATHS.login, { method: "POST", body: credential });
}

/** Uses a session until its token is replaced, and then the old one, as a thief would. */
export async function renewAndSteal(visitor: Visitor, { clock }: Foyer): Promise<void> {
  const old = visitor.clone();
  clock.pass(300_000);
  for (let look = 0; look < 3; look++) await visitor.fragment("/htmx/content.secret1");
  clock.pass(31_000);
  await old.status();
  await visitor.fragment("/htmx/content.secret1");
}

/** Everything that an administrator does, and what the audit log and the exports then hold. */
export async function administrate(admin: Visitor, { store, clock }: Foyer): Promise<string> {
  await admin.signIn(ADA);
  const [grace] = await store.findPeopleByEmail(GRACE.email);
  for (const name of ["/disable", "/enable", "/admin", "/sessions"]) {
    await act(admin, name === "/sessions" ? "DELETE" : "POST", person(grace?.id ?? "", name));
  }
  await act(admin, "POST", PATHS.invitations, { email: "new@example.com" });
  clock.pass(1000);
  const pages = ["/htmx/record", "/htmx/account", "/htmx/admin.people"].map((path) =>
    admin.fragment(path),
  );
  const exports = [PATHS.accountExport, `${PATHS.auditExport}?format=csv`].map((path) =>
    admin.send(path),
  );
  const answers = await Promise.all([...pages, ...exports]);
  expect(answers.map(({ status }) => status)).toEqual(Array(answers.length).fill(200));
  return (await Promise.all(answers.map((answer) => answer.text()))).join("\n");
}

/** Delivers security events, right and wrong. */
export async function deliverSecurityEvents(visitor: Visitor, { google }: Foyer): Promise<void> {
  const order = { kind: "sessions-revoked", person: GRACE, clientId: CLIENT_ID } as const;
  const event = await google.issueSecurityEvent(order);
  for (const body of [event, event, `${event}x`, event.slice(0, -9), `"${event}"`]) {
    const headers = { "content-type": "application/secevent+jwt" };
    await visitor.send(PATHS.risc, { method: "POST", headers, body });
  }
}
