import { afterAll, beforeAll, describe, expect, test } from "bun:test";

import { decodeJwt, decodeProtectedHeader } from "jose";

import { createGoogleRisc } from "../../src/commands/google_risc.ts";
import {
  GoogleRiscError,
  readGoogleRiscKey,
  signBearer,
} from "../../src/commands/google_risc_key.ts";
import { sharedStandIn } from "../fixture.ts";
import { createKeyFolder } from "./google_risc_keys.ts";

const API = `${(await sharedStandIn()).origin}/v1beta`;
const folder = createKeyFolder();
afterAll(() => folder.remove());

let key: Awaited<ReturnType<typeof folder.createKey>>;
beforeAll(async () => {
  key = await folder.createKey();
});

/** The message of the {@linkcode GoogleRiscError} that `promise` must reject with. */
async function failureOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    (value) => new Error(`It succeeded: ${JSON.stringify(value)}`),
    (reason: unknown) => reason,
  );
  if (!(error instanceof GoogleRiscError)) throw error;
  expect(error.message).not.toContain("\n");
  return error.message;
}

/** The client for the RISC API at `url`, with the key in a file. */
const connect = async (url = API, path = key.path) =>
  createGoogleRisc({ key: await readGoogleRiscKey(path), url });

/** Runs `act` against a local API that gives `answer`. */
async function withApi<T>(answer: () => Response, act: (url: string) => Promise<T>): Promise<T> {
  const server = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: answer });
  try {
    return await act(server.url.origin);
  } finally {
    await server.stop(true);
  }
}

describe("readGoogleRiscKey refuses", () => {
  const WRONG_FILES: [what: string, change: (file: object) => unknown, said: string][] = [
    [
      "another kind of credentials",
      () => ({ type: "authorized_user", refresh_token: "r" }),
      "is not for a service account",
    ],
    [
      "no key id",
      (file) => ({ ...file, private_key_id: undefined }),
      "is not for a service account",
    ],
    [
      "a key that is an object",
      (file) => ({ ...file, private_key: {} }),
      "is not for a service account",
    ],
    ["null", () => null, "is not for a service account"],
    ["a list", () => [1], "is not for a service account"],
    [
      "a key that is not PEM",
      (file) => ({ ...file, private_key: "s3cret" }),
      "contains a private_key that",
    ],
    [
      "a truncated key",
      (file) => ({
        ...file,
        private_key: (file as { private_key: string }).private_key.slice(0, 400),
      }),
      "contains a private_key that",
    ],
  ];
  for (const [what, change, said] of WRONG_FILES) {
    test(`a file with ${what}, and quotes none of it`, async () => {
      const path = folder.write("wrong.json", JSON.stringify(change(key.content)));
      const message = await failureOf(readGoogleRiscKey(path));
      expect(message).toStartWith(`The key file ${path} ${said}`);
      expect(message).not.toMatch(/\n|s3cret|BEGIN|MII/);
    });
  }

  test("a file that is not JSON, or not a file", async () => {
    const path = folder.write("wrong.json", key.content.private_key);
    expect(await failureOf(readGoogleRiscKey(path))).toBe(`The key file ${path} is not JSON`);
    expect(await failureOf(readGoogleRiscKey(folder.path))).toContain("cannot be read (EISDIR)");
  });
});

describe("an error from Google becomes one line", () => {
  const ask = (url: string) => failureOf(connect(url).then((api) => api.readStream()));

  test("for a project without a stream", async () => {
    expect(await ask(API)).toBe(
      "Google's RISC API answered stream with 404: Project has no RISC configuration.",
    );
  });

  test("for an unknown account, or the key of another account", async () => {
    const other = await folder.createKey();
    const forged = { ...key.content, private_key: other.content.private_key };
    const path = folder.write("forged.json", JSON.stringify(forged));
    expect(await failureOf(connect(API, path).then((api) => api.verify("s")))).toBe(
      "Google's RISC API answered stream:verify with 401: Unauthorized.",
    );
  });

  test("for a receiver URL that is not https", async () => {
    const api = await connect();
    expect(await failureOf(api.register("http://app.example.com/auth/risc"))).toEndWith(
      "stream:update with 403: The delivery endpoint must be an HTTPS URL.",
    );
  });

  const ANSWERS: [what: string, answer: () => Response, said: string][] = [
    ["not JSON", () => new Response("<html>", { status: 502 }), "answered stream with 502"],
    ["null", () => Response.json(null), "answered stream with 200, but not with JSON"],
    ["a page", () => new Response("<html>"), "answered stream with 200, but not with JSON"],
    [
      "no message",
      () => Response.json({ error: "x" }, { status: 400 }),
      "answered stream with 400",
    ],
    [
      "a redirect",
      () => Response.redirect("http://127.0.0.1:9/"),
      "is unreachable (UnexpectedRedirect)",
    ],
  ];
  for (const [what, answer, said] of ANSWERS) {
    test(`for an answer that is ${what}`, async () => {
      expect(await withApi(answer, ask)).toBe(`Google's RISC API ${said}`);
    });
  }

  test("for a message of several lines that quotes the bearer token", async () => {
    const bearer = await signBearer(await readGoogleRiscKey(key.path), Date.now());
    const message = `No\n\u001b[31m${bearer}\u202e ${"x".repeat(5000)}`;
    const said = await withApi(() => Response.json({ error: { message } }, { status: 403 }), ask);
    expect(said).toContain("with 403: No [31m… xxx");
    expect(said).not.toMatch(/[\p{Cc}\p{Cf}]|eyJ/u);
    expect(said.length).toBeLessThan(400);
  });

  test("for an API that is down", async () => {
    expect(await ask("http://127.0.0.1:9")).toMatch(/^Google's RISC API is unreachable \(\w+\)$/);
  });
});

test("the bearer token has exactly the claims that Google requires", async () => {
  const bearer = await signBearer(await readGoogleRiscKey(key.path), 1_780_000_000_500);
  const { client_email: email, private_key_id: kid } = key.content;
  expect(decodeProtectedHeader(bearer)).toEqual({ alg: "RS256", kid });
  expect(decodeJwt(bearer)).toEqual({
    iss: email,
    sub: email,
    aud: "https://risc.googleapis.com/google.identity.risc.v1beta.RiscManagementService",
    iat: 1_780_000_000,
    exp: 1_780_003_600,
  });
});
