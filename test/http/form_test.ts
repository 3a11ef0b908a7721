import { describe, expect, test } from "bun:test";

import type { RefusalCode } from "../../src/errors.ts";
import {
  MAX_BODY_BYTES,
  mediaTypeOf,
  readBody,
  readCredential,
  readForm,
  readGoogleForm,
  readSignInMethod,
  readText,
  requireSmallBody,
} from "../../src/http/form.ts";

const FORM = "application/x-www-form-urlencoded";
const MULTIPART = "multipart/form-data; boundary=x";

type Body = NonNullable<RequestInit["body"]>;

const post = (body: Body, headers: Record<string, string> = {}) =>
  new Request("http://localhost/", { method: "POST", body, headers });

const refusal = (code: RefusalCode) => expect.objectContaining({ name: "RefusedRequest", code });

/** A multipart form of one field. */
const multipart = (value: string) =>
  `--x\r\ncontent-disposition: form-data; name="a"\r\n\r\n${value}\r\n--x--\r\n`;

/** `size` bytes in pieces, without a length that is known before. */
function createStream(size: number, piece = 10_000): ReadableStream<Uint8Array> {
  let left = size;
  return new ReadableStream({
    pull(controller) {
      const length = Math.min(left, piece);
      left -= length;
      if (length > 0) controller.enqueue(new Uint8Array(length).fill(97));
      if (left === 0) controller.close();
    },
  });
}

describe("a form", () => {
  const TAKEN: [what: string, type: string, body: Body, fields: string][] = [
    ["of one field", FORM, "a=1", "a: 1"],
    ["of no field", FORM, "", ""],
    ["with a field twice", FORM, "a=1&a=2", "a: 1, a: 2"],
    ["with escapes", FORM, "a=%C3%A9+%26%3D", "a: é &="],
    ["with UTF-8 as it is", FORM, "a=é", "a: é"],
    ["with broken escapes", FORM, "a=%zz%", "a: %zz%"],
    ["of a thousand fields", FORM, "&".repeat(999), ""],
    ["with a charset", `${FORM}; charset=utf-8`, "a=1", "a: 1"],
    ["with its type in capitals", FORM.toUpperCase(), "a=1", "a: 1"],
    ["with space around its type", ` ${FORM} ;x`, "a=1", "a: 1"],
    ["in parts", MULTIPART, multipart("1"), "a: 1"],
    ["in parts, in capitals", MULTIPART.replace("multi", "MULTI"), multipart("1"), "a: 1"],
    ["in parts, with UTF-8", MULTIPART, multipart("é"), "a: é"],
    ["in parts, with a form inside", MULTIPART, multipart("b=2&c=3"), "a: b=2&c=3"],
  ];
  for (const [what, type, body, fields] of TAKEN) {
    test(`${what} is read`, async () => {
      for (const read of [readForm, readGoogleForm]) {
        const form = await read(post(body, { "content-type": type }));
        expect([...form].map(([name, value]) => `${name}: ${value}`).join(", ")).toBe(fields);
      }
    });
  }

  const NOT_A_FORM: (string | null)[] = [
    null,
    "text/plain",
    "application/json",
    "multipart/mixed; boundary=x",
    "multipart/form-data-x",
    `${FORM}x`,
    `${FORM}, text/plain`,
    `text/plain; ${FORM}`,
    `text/plain, ${FORM}`,
    "form",
    "*/*",
    ";",
  ];
  for (const type of NOT_A_FORM) {
    test(`of the type ${type ?? "that is missing"} is none`, async () => {
      for (const read of [readForm, readGoogleForm]) {
        // Bytes have no type that a request would add by itself.
        const request = post(
          new Uint8Array([97, 61, 49]),
          type === null ? {} : { "content-type": type },
        );
        await expect(read(request)).rejects.toEqual(refusal("not_a_form"));
      }
    });
  }

  const DAMAGED: [what: string, type: string, body: Body][] = [
    ["is not UTF-8", FORM, new Uint8Array([97, 61, 0xff])],
    ["is cut within a character", FORM, new Uint8Array([97, 61, 0xc3])],
    ["is in parts that are not UTF-8", MULTIPART, Buffer.from(multipart("\u00ff"), "latin1")],
    ["says no boundary", "multipart/form-data", multipart("1")],
    ["says another boundary", "multipart/form-data; boundary=y", multipart("1")],
    ["has no end", MULTIPART, multipart("1").slice(0, -10)],
    ["has no parts", MULTIPART, "a=1"],
    ["has more than a thousand fields", FORM, "&".repeat(1000)],
    ["is full of empty fields", FORM, "a=&".repeat(21_000)],
  ];
  for (const [what, type, body] of DAMAGED) {
    test(`that ${what} is damaged`, async () => {
      const request = () => post(body, { "content-type": type });
      await expect(readForm(request())).rejects.toMatchObject({
        code: "bad_parameter",
        kind: "damaged_request",
      });
      await expect(readGoogleForm(request())).rejects.toEqual(refusal("malformed_credential"));
    });
  }

  test("that is too large is said to be so, damaged or not", async () => {
    for (const type of [FORM, "multipart/form-data"]) {
      const request = () => post(createStream(MAX_BODY_BYTES + 1), { "content-type": type });
      await expect(readForm(request())).rejects.toEqual(refusal("body_too_large"));
      await expect(readGoogleForm(request())).rejects.toEqual(refusal("body_too_large"));
    }
  });
});

describe("readBody", () => {
  const ROWS: [what: string, body: Body, length: string | null, size: number | null][] = [
    ["nothing", "", null, 0],
    ["nothing with its length", "", "0", 0],
    ["64 KiB with their length", "a".repeat(MAX_BODY_BYTES), `${MAX_BODY_BYTES}`, MAX_BODY_BYTES],
    ["64 KiB without a length", createStream(MAX_BODY_BYTES), null, MAX_BODY_BYTES],
    ["64 KiB in small pieces", createStream(MAX_BODY_BYTES, 100), null, MAX_BODY_BYTES],
    ["a byte more with its length", "a".repeat(MAX_BODY_BYTES + 1), `${MAX_BODY_BYTES + 1}`, null],
    ["a byte more without a length", createStream(MAX_BODY_BYTES + 1), null, null],
    ["a byte more in one piece", createStream(MAX_BODY_BYTES + 1, 1e6), null, null],
    ["a byte with a length that is too large", "a", `${MAX_BODY_BYTES + 1}`, null],
    ["a byte with a length beyond all numbers", "a", "9".repeat(400), null],
  ];
  for (const [what, body, length, size] of ROWS) {
    test(`${size === null ? "refuses" : "reads"} ${what}`, async () => {
      const reading = readBody(post(body, length === null ? {} : { "content-length": length }));
      if (size === null) await expect(reading).rejects.toEqual(refusal("body_too_large"));
      else expect(await reading).toHaveLength(size);
    });
  }

  test("reads nothing of a request without a body", async () => {
    expect(await readBody(new Request("http://localhost/", { method: "POST" }))).toHaveLength(0);
  });

  test("keeps the bytes in their order, as they are", async () => {
    const bytes = Uint8Array.from({ length: 1000 }, (_, index) => index % 256);
    const pieces = new ReadableStream({
      start(controller) {
        for (const begin of [0, 250, 500, 750]) controller.enqueue(bytes.slice(begin, begin + 250));
        controller.close();
      },
    });
    expect(await readBody(post(pieces))).toEqual(bytes);
    expect(await readBody(post(bytes, { "content-length": "1000" }))).toEqual(bytes);
  });
});

describe("requireSmallBody", () => {
  const ROWS: [method: string, length: string | null, isTaken: boolean][] = [
    ["POST", null, true],
    ["POST", "0", true],
    ["POST", "65536", true],
    ["POST", "65537", false],
    ["DELETE", "65537", false],
    ["HEAD", "65537", false],
    // No route reads the body of a GET.
    ["GET", "65537", true],
  ];
  for (const [method, length, isTaken] of ROWS) {
    test(`${isTaken ? "takes" : "refuses"} ${method} with the length ${length}`, () => {
      const headers: Record<string, string> = length === null ? {} : { "content-length": length };
      const check = () => requireSmallBody(new Request("http://localhost/", { method, headers }));
      if (isTaken) expect(check).not.toThrow();
      else expect(check).toThrow(refusal("body_too_large"));
    });
  }
});

/** A form in parts, as `fields` say. */
function createForm(fields: [name: string, value: string | Blob][]): FormData {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  return form;
}

const file = new Blob(["a.b.c"]);

describe("readCredential", () => {
  const ROWS: [what: string, form: string | FormData, expected: string | RefusalCode][] = [
    ["one text", "credential=a.b.c&x=1", "a.b.c"],
    ["one text in parts", createForm([["credential", "a.b.c"]]), "a.b.c"],
    ["a space", "credential=+", " "],
    ["none", "token=a", "missing_credential"],
    ["an empty one", "credential=", "missing_credential"],
    ["an empty one before another", "credential=&credential=a", "missing_credential"],
    ["another spelling", "Credential=a&credential[]=b", "missing_credential"],
    ["two", "credential=a&credential=b", "malformed_credential"],
    ["the same twice", "credential=a&credential=a", "malformed_credential"],
    ["one before an empty one", "credential=a&credential=", "malformed_credential"],
    ["a file", createForm([["credential", file]]), "malformed_credential"],
    ["an empty file", createForm([["credential", new Blob([])]]), "malformed_credential"],
  ];
  for (const [what, form, expected] of ROWS) {
    test(`of ${what} is ${JSON.stringify(expected)}`, () => {
      const read = () =>
        readCredential(typeof form === "string" ? new URLSearchParams(form) : form);
      if (expected.includes("_")) expect(read).toThrow(refusal(expected as RefusalCode));
      else expect(read()).toBe(expected);
    });
  }

  test("reads another name where it is told to", () => {
    const form = new URLSearchParams("credential=a&id_token=b");
    expect(readCredential(form, "id_token")).toBe("b");
  });
});

describe("readText", () => {
  const two: [string, string | Blob][] = [
    ["a", file],
    ["a", "1"],
  ];
  const ROWS: [what: string, form: FormData | URLSearchParams, expected: string][] = [
    ["one text", new URLSearchParams("a=1"), "1"],
    ["two texts: the first", new URLSearchParams("a=1&a=2"), "1"],
    ["no text", new URLSearchParams("b=1"), ""],
    ["a text in parts", createForm([["a", "1"]]), "1"],
    ["a file", createForm([["a", file]]), ""],
    ["a file before a text", createForm(two), ""],
    ["a text with U+0000", new URLSearchParams("a=%00b"), "\uFFFDb"],
    ["a text in parts with U+0000", createForm([["a", "\0b"]]), "\uFFFDb"],
  ];
  for (const [what, form, expected] of ROWS) {
    test(`of ${what}`, () => expect(readText(form, "a")).toBe(expected));
  }
});

describe("readSignInMethod", () => {
  const ROWS: [text: string, expected: string][] = [
    ["btn", "btn"],
    ["fedcm_auto", "fedcm_auto"],
    ["way_2", "way_2"],
    ["a".repeat(40), "a".repeat(40)],
    ["a".repeat(41), ""],
    ["", ""],
    ["Btn", ""],
    ["a b", ""],
    ["a-b", ""],
    ["btn\n", ""],
    ["\nbtn", ""],
    ["é", ""],
    ["<b>", ""],
  ];
  for (const [text, expected] of ROWS) {
    test(`of ${JSON.stringify(text)} is ${JSON.stringify(expected)}`, () => {
      expect(readSignInMethod(new URLSearchParams({ select_by: text }))).toBe(expected);
    });
  }

  test("is empty where Google does not say, or sends a file", () => {
    expect(readSignInMethod(new URLSearchParams())).toBe("");
    expect(readSignInMethod(createForm([["select_by", new Blob(["btn"])]]))).toBe("");
  });
});

describe("mediaTypeOf", () => {
  const ROWS: [header: string | null, expected: string][] = [
    [null, ""],
    ["", ""],
    [";", ""],
    ["text/html", "text/html"],
    ["Text/HTML; Charset=UTF-8", "text/html"],
    [" text/html ;charset=utf-8", "text/html"],
    ["text/html;a;b", "text/html"],
    ["text/html, text/plain", "text/html, text/plain"],
  ];
  for (const [header, expected] of ROWS) {
    test(`of ${JSON.stringify(header)} is "${expected}"`, () => {
      const headers: Record<string, string> = header === null ? {} : { "content-type": header };
      expect(mediaTypeOf(new Request("http://localhost/", { headers }))).toBe(expected);
    });
  }
});
