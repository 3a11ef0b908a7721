import { afterAll, describe, expect, test } from "bun:test";
import { X509Certificate } from "node:crypto";

import { OAuth2Client } from "google-auth-library";
import type { JWK } from "jose";

import { startGoogleStandIn } from "../../src/google_stand_in/server.ts";
import { ADA, CLIENT_ID } from "../fixture.ts";

const google = await startGoogleStandIn({ port: 0 });
afterAll(() => google.stop());

const at = (path: string) => new URL(path, google.origin).href;

async function readJson<Content>(path: string): Promise<Content> {
  const answer = await fetch(at(path));
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toStartWith("application/json");
  expect(answer.headers.get("cache-control")).toStartWith("public, max-age=");
  return (await answer.json()) as Content;
}

describe("the keys as certificates", () => {
  test("are those of the key set", async () => {
    const certificates = await readJson<Record<string, string>>("/oauth2/v1/certs");
    const { keys } = await readJson<{ keys: JWK[] }>("/oauth2/v3/certs");
    expect(Object.keys(certificates)).toEqual(keys.map(({ kid = "" }) => kid));
    for (const { kid = "", n } of keys) {
      const certificate = new X509Certificate(certificates[kid] ?? "");
      expect(certificate.publicKey.export({ format: "jwk" }).n).toBe(n ?? "");
      expect(certificate.verify(certificate.publicKey)).toBe(true);
      expect(certificate.subject).toBe("CN=federated-signon.system.gserviceaccount.com");
      expect(new Date(certificate.validFrom).getTime()).toBeLessThan(Date.now());
      expect(new Date(certificate.validTo).getTime()).toBeGreaterThan(Date.now());
    }
  });

  test("let google-auth-library verify a token by itself", async () => {
    const library = new OAuth2Client({
      endpoints: { oauth2FederatedSignonPemCertsUrl: at("/oauth2/v1/certs") },
    });
    const idToken = await google.issueToken({ person: ADA, clientId: CLIENT_ID, nonce: "n" });
    const ticket = await library.verifyIdToken({ idToken, audience: CLIENT_ID });
    expect(ticket.getPayload()).toMatchObject({ sub: ADA.sub, nonce: "n" });
    expect(library.verifyIdToken({ idToken, audience: "another" })).rejects.toThrow(/audience/);
  });

  test("fail together with the key set", async () => {
    google.play({ key_set: "failing" });
    expect((await fetch(at("/oauth2/v1/certs"))).status).toBe(500);
    google.play({});
    expect((await fetch(at("/oauth2/v1/certs"))).status).toBe(200);
  });
});

describe("the discovery document", () => {
  interface Provider {
    issuer: string;
    authorization_endpoint: string;
    jwks_uri: string;
    response_types_supported: string[];
    response_modes_supported: string[];
  }

  test("names what the stand-in has, and nothing that it lacks", async () => {
    const provider = await readJson<Provider>("/.well-known/openid-configuration");
    expect(provider).not.toHaveProperty("token_endpoint");
    expect((await fetch(provider.jwks_uri)).status).toBe(200);
    const [type = ""] = provider.response_types_supported;
    const [mode = ""] = provider.response_modes_supported;
    const query = new URLSearchParams({
      client_id: CLIENT_ID,
      redirect_uri: "http://localhost:3000/callback",
      response_type: type,
      response_mode: mode,
      scope: "openid email profile",
      nonce: "n",
    });
    const chooser = await fetch(`${provider.authorization_endpoint}?${query}`);
    expect(chooser.status).toBe(200);
    expect(await chooser.text()).toContain("Choose an account");
  });

  test("names the issuer of the tokens", async () => {
    const { issuer } = await readJson<Provider>("/.well-known/openid-configuration");
    const token = await google.issueToken({ person: ADA, clientId: CLIENT_ID });
    const claims = JSON.parse(atob(token.split(".")[1] ?? ""));
    expect(claims.iss).toBe(issuer);
  });
});
