import { afterAll, afterEach, describe, expect, test } from "bun:test";

import { startGoogleStandIn } from "../../src/google_stand_in/server.ts";
import { parseResponse } from "../dom.ts";
import { ADA, GRACE } from "../fixture.ts";
import { signInAt } from "./session.ts";

const google = await startGoogleStandIn({ port: 0 });
afterAll(() => google.stop());
afterEach(() => google.play({}));

const ORIGIN = "http://localhost:3000";
const CHROME = "Mozilla/5.0 (X11; Linux) Chrome/156.0.0.0 Safari/537.36";
const ada = await signInAt(google.origin, ADA.email);
const both = await signInAt(google.origin, GRACE.email, ada);

const flow = (client: string) => ({ client_id: client, origin: ORIGIN, channel: "c" });
const show = (fields: Record<string, string>, cookie: string) =>
  fetch(new URL(`/gsi/prompt?${new URLSearchParams(fields)}`, google.origin), {
    headers: { Cookie: cookie },
  });
const send = (path: string, fields: Record<string, string>, headers: HeadersInit) =>
  fetch(new URL(path, google.origin), {
    method: "POST",
    headers,
    body: new URLSearchParams(fields),
  });
const choose = (fields: Record<string, string>, userAgent = CHROME) =>
  send("/gsi/prompt", fields, { Cookie: both, "User-Agent": userAgent });

async function readResponse(answer: Response): Promise<{ select_by: string } | null> {
  const page = await parseResponse(answer);
  return JSON.parse(page.body.getAttribute("data-response") ?? "null");
}

describe("the One Tap card", () => {
  test("lists all people who are signed in", async () => {
    const card = await parseResponse(await show(flow("a"), both));
    const emails = [...card.querySelectorAll("form button")].map((one) =>
      one.getAttribute("value"),
    );
    expect(emails).toEqual([GRACE.email, ADA.email]);
  });

  test("selects the only approved account if the page has auto_select", async () => {
    const automatic = { ...flow("b"), auto_select: "true" };
    expect(await readResponse(await show(automatic, both))).toBeNull();
    await choose({ ...flow("b"), email: ADA.email });
    expect((await readResponse(await show(automatic, both)))?.select_by).toBe("auto");
    expect(await readResponse(await show(flow("b"), both))).toBeNull();
    expect(await readResponse(await show(automatic, ""))).toBeNull();
    await choose({ ...flow("b"), email: GRACE.email });
    expect(await readResponse(await show(automatic, both))).toBeNull();
  });

  test.each([
    ["user_1tap", CHROME],
    ["user_2tap", "Mozilla/5.0 (X11; Linux) Firefox/147.0"],
  ])("is %s with the first consent, and then user", async (first, userAgent) => {
    const fields = { ...flow(first), email: ADA.email };
    expect((await readResponse(await choose(fields, userAgent)))?.select_by).toBe(first);
    expect((await readResponse(await choose(fields, userAgent)))?.select_by).toBe("user");
  });

  test.each([
    ["a person who is not signed in", { ...flow("d"), email: "edsger@elsewhere.example" }],
    ["no person", flow("d")],
    ["a page of another machine", { ...flow("d"), origin: "https://a.example", email: ADA.email }],
    ["no client", { ...flow(""), email: ADA.email }],
  ])("refuses %s", async (_name, fields) => {
    expect((await choose(fields)).status).toBe(403);
  });

  test("returns no response while an error is played", async () => {
    google.play({ answer: "server_error" });
    const page = await parseResponse(await choose({ ...flow("e"), email: ADA.email }));
    expect(page.body.getAttribute("data-response")).toBe("null");
  });
});

describe("the status and the revocation", () => {
  const cors = ({ headers }: Response) => [
    headers.get("access-control-allow-origin"),
    headers.get("access-control-allow-credentials"),
  ];

  test.each([
    ["a person is signed in", { Origin: ORIGIN, Cookie: ada }, {}],
    ["no person is signed in", { Origin: ORIGIN }, { reason: "opt_out_or_no_session" }],
  ])("says whether %s", async (_name, headers, status) => {
    const answer = await fetch(new URL("/gsi/status", google.origin), { headers });
    expect(answer.status).toBe(200);
    expect(cors(answer)).toEqual([ORIGIN, "true"]);
    expect(await answer.json()).toEqual(status);
  });

  test.each(["", "null", "https://a.example"])("refuse the origin %p", async (origin) => {
    const headers = { Origin: origin, Cookie: ada };
    const status = await fetch(new URL("/gsi/status", google.origin), { headers });
    const revocation = await send("/gsi/revoke", { client_id: "f", hint: ADA.sub }, headers);
    for (const answer of [status, revocation]) {
      expect(answer.status).toBe(403);
      expect(cors(answer)).toEqual([null, null]);
      expect(await answer.text()).toBe("");
    }
  });

  test("revokes once, for a signed-in account", async () => {
    await choose({ ...flow("g"), email: ADA.email });
    const revoke = async (cookie: string) => {
      const headers = { Origin: ORIGIN, Cookie: cookie };
      const answer = await send("/gsi/revoke", { client_id: "g", hint: ADA.email }, headers);
      expect(cors(answer)).toEqual([ORIGIN, "true"]);
      return await answer.json();
    };
    expect(await revoke("")).toEqual({ successful: false, error: "opt_out_or_no_session" });
    expect(await revoke(ada)).toEqual({ successful: true });
    expect(await revoke(ada)).toEqual({ successful: false, error: "client_not_found" });
  });
});
