import { describe, expect, test } from "bun:test";
import { brotliDecompressSync, gunzipSync } from "node:zlib";

import { sendCompressed } from "../../src/http/compression.ts";
import type { HeaderSet } from "../../src/http/headers.ts";
import { createReadyAnswer } from "../../src/http/ready_answer.ts";

type Encoding = "br" | "gzip" | "identity";

const TEXT = `<p>${"Zürich 👩‍🔬 ".repeat(100)}</p>`;

/** What each `Accept-Encoding` gets of a text in both encodings, and of one that is compressed now. */
const ROWS: [header: string | null, best: Encoding, quick: "gzip" | "identity"][] = [
  [null, "identity", "identity"],
  ["", "identity", "identity"],
  ["gzip", "gzip", "gzip"],
  ["br", "br", "identity"],
  ["gzip, deflate, br, zstd", "br", "gzip"],
  ["gzip,br", "br", "gzip"],
  ["br;q=0.1, gzip;q=1.0", "br", "gzip"],
  ["GZIP", "gzip", "gzip"],
  ["Gzip, BR", "br", "gzip"],
  ["  gzip  ,\tbr  ", "br", "gzip"],
  ["gzip;q=1", "gzip", "gzip"],
  ["gzip;q=0.001", "gzip", "gzip"],
  ["gzip;q=0.5, br;q=0", "gzip", "gzip"],
  ["gzip;q=0", "identity", "identity"],
  ["gzip;q=0.", "identity", "identity"],
  ["gzip;q=0.0", "identity", "identity"],
  ["gzip;q=0.000", "identity", "identity"],
  ["gzip ; q=0", "identity", "identity"],
  ["gzip;Q=0", "identity", "identity"],
  ["GZIP\t;\tQ=0.00", "identity", "identity"],
  ["br;q=0,gzip;q=0", "identity", "identity"],
  ["br;q=0, gzip", "gzip", "gzip"],
  ["gzip;q=0, br", "br", "identity"],
  ["*", "identity", "identity"],
  ["*;q=0", "identity", "identity"],
  ["identity", "identity", "identity"],
  ["deflate, zstd", "identity", "identity"],
  ["gzipx", "identity", "identity"],
  ["x-gzip", "identity", "identity"],
  ["brotli", "identity", "identity"],
  ["gzip br", "identity", "identity"],
  ["gzip;", "gzip", "gzip"],
  [",,gzip,,", "gzip", "gzip"],
  [";q=0", "identity", "identity"],
  [`${" ".repeat(196)}gzip`, "gzip", "gzip"],
  [`${",".repeat(200)}gzip`, "identity", "identity"],
];

const createRequest = (accepted: string | null) =>
  new Request("http://localhost/", {
    headers: accepted === null ? {} : { "accept-encoding": accepted },
  });

/** The text in an answer, and how it says that it is encoded. */
async function read(body: string | Response, { headers }: HeaderSet) {
  const encoding = headers["content-encoding"] ?? "identity";
  if (typeof body === "string") return { encoding, text: body };
  if (encoding === "identity") return { encoding, text: await body.text() };
  const bytes = await body.bytes();
  const text = encoding === "br" ? brotliDecompressSync(bytes) : gunzipSync(bytes);
  return { encoding, text: text.toString(), length: bytes.length };
}

describe("a ready answer", () => {
  const HEADERS = { "Content-Type": "text/html", Vary: "Accept-Encoding" };
  const bytes = (text: string) => new Uint8Array(Buffer.from(text));

  for (const [header, best] of ROWS) {
    test(`is sent as ${best} where a browser accepts ${JSON.stringify(header)}`, async () => {
      const answer = createReadyAnswer(() => TEXT, HEADERS).respond(createRequest(header));
      const set = { headers: answer.headers.toJSON() };
      expect(await read(answer, set)).toMatchObject({ encoding: best, text: TEXT });
      expect(set.headers).toMatchObject({ "content-type": "text/html", vary: "Accept-Encoding" });
    });
  }

  test("is drawn when it is first asked for, and once", async () => {
    let drawn = 0;
    const { respond } = createReadyAnswer(() => `${(drawn += 1)}`, HEADERS);
    expect(drawn).toBe(0);
    for (const header of ["br", "gzip", "gzip", null]) respond(createRequest(header));
    expect(drawn).toBe(1);
  });

  test("is smaller in both encodings", async () => {
    const { respond } = createReadyAnswer(() => TEXT, HEADERS);
    for (const header of ["br", "gzip"]) {
      const { length } = await respond(createRequest(header)).bytes();
      expect(length).toBeLessThan(bytes(TEXT).length / 5);
    }
  });

  test("of bytes has only the encodings that they come in", async () => {
    const { respond } = createReadyAnswer({ identity: bytes("it"), gzip: bytes("zip") }, HEADERS);
    const read = async (header: string) => await respond(createRequest(header)).text();
    expect([await read("br, gzip"), await read("br")]).toEqual(["zip", "it"]);
  });

  test("may be changed by whoever sends it", () => {
    const { respond } = createReadyAnswer(() => TEXT, HEADERS);
    respond(createRequest("br")).headers.set("x-request-id", "one");
    expect(respond(createRequest("br")).headers.get("x-request-id")).toBe(null);
  });
});

describe("sendCompressed", () => {
  for (const [header, , quick] of ROWS) {
    test(`sends ${quick} where a browser accepts ${JSON.stringify(header)}`, async () => {
      const set: HeaderSet = { headers: { vary: "Cookie" } };
      const body = sendCompressed(TEXT, { request: createRequest(header), set });
      expect(await read(body, set)).toMatchObject({ encoding: quick, text: TEXT });
      // Whoever calls it says that no cache may keep the answer.
      expect(set.headers.vary).toBe("Cookie");
    });
  }

  const LENGTHS: [length: number, encoding: Encoding][] = [
    [0, "identity"],
    [1, "identity"],
    [599, "identity"],
    [600, "gzip"],
    [100_000, "gzip"],
  ];
  for (const [length, encoding] of LENGTHS) {
    test(`sends ${length} characters as ${encoding}`, async () => {
      const set: HeaderSet = { headers: {} };
      const text = "a".repeat(length);
      const body = sendCompressed(text, { request: createRequest("gzip"), set });
      expect(await read(body, set)).toMatchObject({ encoding, text });
    });
  }
});
