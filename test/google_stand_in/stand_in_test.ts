import { afterAll, describe, expect, test } from "bun:test";

import { OAuth2Client } from "google-auth-library";
import { exportSPKI, importJWK, type JWK } from "jose";

import { BANNER } from "../../src/google_stand_in/client_files.ts";
import { FAULTS } from "../../src/google_stand_in/faults.ts";
import { PEOPLE } from "../../src/google_stand_in/people.ts";
import { startGoogleStandIn } from "../../src/google_stand_in/server.ts";
import { one, parseResponse } from "../dom.ts";
import { ADA, CLIENT_ID, KATHERINE } from "../fixture.ts";

const google = await startGoogleStandIn({ port: 0 });
afterAll(() => google.stop());

/** Verifies with Google's own library and the key set of the stand-in. */
async function verifyIndependently(credential: string, audience = CLIENT_ID) {
  const answer = await fetch(`${google.origin}/oauth2/v3/certs`);
  const { keys } = (await answer.json()) as { keys: JWK[] };
  const certs = await Promise.all(
    keys.map(async (jwk) => [
      jwk.kid,
      await exportSPKI((await importJWK(jwk, "RS256")) as CryptoKey),
    ]),
  );
  const ticket = await new OAuth2Client().verifySignedJwtWithCertsAsync(
    credential,
    Object.fromEntries(certs),
    audience,
    ["https://accounts.google.com", "accounts.google.com"],
  );
  return ticket.getPayload();
}

const flow = { client_id: CLIENT_ID, origin: "http://localhost:3000", nonce: "n", channel: "c" };
const choose = (fields: Record<string, string>) =>
  fetch(`${google.origin}/gsi/select`, { method: "POST", body: new URLSearchParams(fields) });

describe("the stand-in", () => {
  test("issues tokens that Google's own library accepts", async () => {
    const credential = await google.issueToken({
      person: KATHERINE,
      clientId: CLIENT_ID,
      nonce: "n",
    });
    expect(await verifyIndependently(credential)).toMatchObject({
      sub: KATHERINE.sub,
      email: KATHERINE.email,
      email_verified: true,
      hd: "orbit.example",
      nonce: "n",
      aud: CLIENT_ID,
    });
  });

  test("issues faulty tokens that the library refuses", async () => {
    const wrongKey = await google.issueToken({
      person: ADA,
      clientId: CLIENT_ID,
      fault: "another key under a known id",
    });
    expect(verifyIndependently(wrongKey)).rejects.toThrow();
    const credential = await google.issueToken({ person: ADA, clientId: CLIENT_ID });
    expect(verifyIndependently(credential, "another-client")).rejects.toThrow();
  });

  test("rotates its keys, and keeps the previous key in the key set", async () => {
    const before = await google.issueToken({ person: ADA, clientId: CLIENT_ID });
    await fetch(`${google.origin}/stand_in/rotate_keys`, { method: "POST", redirect: "manual" });
    const after = await google.issueToken({ person: ADA, clientId: CLIENT_ID });
    expect(before.split(".")[0]).not.toBe(after.split(".")[0]);
    for (const credential of [before, after]) await verifyIndependently(credential);
  });

  test("serves its key set as Google does", async () => {
    const answer = await fetch(`${google.origin}/oauth2/v3/certs`);
    expect(answer.headers.get("cache-control")).toStartWith("public, max-age=");
    const { keys } = (await answer.json()) as { keys: JWK[] };
    expect(keys).toHaveLength(2);
    for (const key of keys) {
      expect(Object.keys(key).sort()).toEqual(["alg", "e", "kid", "kty", "n", "use"]);
      expect(Buffer.from(key.n ?? "", "base64url").byteLength).toBe(256);
    }
  });

  test("starts its script with the banner", async () => {
    const script = await fetch(`${google.origin}/gsi/client`);
    expect(script.headers.get("content-type")).toStartWith("text/javascript");
    expect(await script.text()).toStartWith(BANNER);
  });

  test("shows the people first, then the field for another address", async () => {
    const chooser = await parseResponse(
      await fetch(`${google.origin}/gsi/select?${new URLSearchParams(flow)}`),
    );
    const emails = [...chooser.querySelectorAll("ul button")].map((button) =>
      button.getAttribute("value"),
    );
    expect(emails).toEqual(PEOPLE.map((person) => person.email));
    expect(one(chooser, "input[type=email]").getAttribute("name")).toBe("email");
    const [picture] = chooser.querySelectorAll("img");
    const portrait = await fetch(google.origin + picture?.getAttribute("src"));
    expect(portrait.headers.get("content-type")).toBe("image/svg+xml");
  });

  test("sends the response to the origin and the channel of the flow", async () => {
    // A client that Ada has not approved yet, whatever other tests do.
    const client_id = "first-time.apps.googleusercontent.com";
    const fields = { ...flow, client_id, email: ADA.email, state: "s" };
    const page = await parseResponse(await choose(fields));
    expect(page.body.getAttribute("data-origin")).toBe(flow.origin);
    expect(page.body.getAttribute("data-channel")).toBe("c");
    const response = JSON.parse(page.body.getAttribute("data-response") ?? "");
    expect(response).toMatchObject({ select_by: "btn_confirm_add_session", state: "s" });
    expect([response.client_id, response.clientId]).toEqual([client_id, client_id]);
    const claims = await verifyIndependently(response.credential, client_id);
    expect(claims).toMatchObject({ email: ADA.email });
  });

  test("creates an account for any other address, with a stable sub", async () => {
    const subs = [];
    for (const name of ["Zoë", ""]) {
      const page = await parseResponse(
        await choose({ ...flow, email: "zoe@x.example", name, hd: "x.example" }),
      );
      const { credential } = JSON.parse(page.body.getAttribute("data-response") ?? "");
      subs.push((await verifyIndependently(credential))?.sub);
    }
    expect(subs[0]).toMatch(/^\d{21}$/);
    expect(subs[1]).toBe(subs[0]);
  });

  test.each([
    ["http://localhost:3000", 200],
    ["http://app.localhost:3000", 200],
    ["http://127.0.0.2:3000", 200],
    ["http://[::1]:3000", 200],
    ["", 403],
    ["null", 403],
    ["https://evil.example", 403],
    ["http://localhost.evil.example", 403],
    ["http://127.0.0.1.evil.example", 403],
    ["http://128.0.0.1", 403],
    ["http://localhost:3000/path", 403],
    ["javascript:alert(1)", 403],
  ])("answers the origin %p with %p", async (origin, status) => {
    expect((await choose({ ...flow, origin, email: ADA.email })).status).toBe(status);
  });

  test("issues valid and faulty tokens over HTTP", async () => {
    const order = (body: object) =>
      fetch(`${google.origin}/stand_in/token`, { method: "POST", body: JSON.stringify(body) });
    const right = await order({
      email: ADA.email,
      clientId: CLIENT_ID,
      nonce: "n",
      claims: { hd: "h" },
    });
    const { credential } = (await right.json()) as { credential: string };
    expect(await verifyIndependently(credential)).toMatchObject({ sub: ADA.sub, hd: "h" });
    const unknown = await order({ email: ADA.email, clientId: CLIENT_ID, fault: "toString" });
    expect(unknown.status).toBe(400);
    expect(await unknown.json()).toEqual({ faults: Object.keys(FAULTS) });
  });
});
