import fc from "fast-check";

import { hostileText } from "./hostile_text.ts";

/** A field as a case writes it; a file has a name of its own. */
export interface Field {
  name: string;
  value: string;
  isFile: boolean;
}

const DAMAGES = ["cut", "bytes", "percent", "boundary", "headers", "ends", "huge"] as const;

/** A form, its encoding, and what goes wrong on its way. */
export interface FormBody {
  fields: Field[];
  encoding: "urlencoded" | "multipart";
  damage: "none" | (typeof DAMAGES)[number];
  /** The content type, where it is not the encoding's own. */
  type: string | null;
  /** Whether it comes in chunks, without a length. */
  isStreamed: boolean;
  at: number;
}

const TYPES = [
  ...[
    "text/plain",
    "application/json",
    "",
    "multipart/form-data",
    "multipart/form-data; boundary=",
  ],
  ...["APPLICATION/X-WWW-FORM-URLENCODED", "application/x-www-form-urlencoded; charset=utf-16"],
  ...["application/x-www-form-urlencoded, text/plain", "multipart/mixed; boundary=fuzz"],
];

/** Forms with fields of these names and any value; most are well formed. */
export function formBody(names: string[], values: string[]): fc.Arbitrary<FormBody> {
  const field = fc.record({
    name: fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom(...names) },
      { weight: 1, arbitrary: hostileText },
    ),
    value: fc.oneof(
      { weight: 2, arbitrary: fc.constantFrom(...values) },
      { weight: 1, arbitrary: hostileText },
    ),
    isFile: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  });
  const rarely = <T>(usual: T, odd: fc.Arbitrary<T>) =>
    fc.oneof({ weight: 5, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: odd });
  return fc.record({
    fields: fc.array(field, { maxLength: 5 }),
    encoding: fc.constantFrom("urlencoded" as const, "multipart" as const),
    damage: rarely<FormBody["damage"]>("none", fc.constantFrom(...DAMAGES)),
    type: rarely<string | null>(null, fc.constantFrom(...TYPES)),
    isStreamed: fc.boolean(),
    at: fc.nat(500),
  });
}

const BOUNDARY = "fuzz-0123456789";

/** The body's bytes, its content type, and whether a reader must get exactly `fields`. */
export function writeForm(form: FormBody): { bytes: Buffer; type: string; isWhole: boolean } {
  const isMultipart = form.encoding === "multipart";
  const text = isMultipart ? writeMultipart(form.fields) : writeUrlEncoded(form.fields);
  const own = isMultipart
    ? `multipart/form-data; boundary=${BOUNDARY}`
    : "application/x-www-form-urlencoded";
  const bytes = damage(Buffer.from(text), form);
  const isWhole = form.damage === "none" && form.type === null && isOrdinary(form);
  return { bytes, type: form.type ?? own, isWhole };
}

/** Whether encoders and decoders agree about the names: multipart has rules of its own for quotes and breaks. */
function isOrdinary({ fields, encoding }: FormBody): boolean {
  return encoding === "urlencoded" || fields.every(({ name }) => /^\w+$/.test(name));
}

function writeUrlEncoded(fields: Field[]): string {
  const pairs = fields.map(({ name, value }): [string, string] => [
    name.toWellFormed(),
    value.toWellFormed(),
  ]);
  return new URLSearchParams(pairs).toString();
}

function writeMultipart(fields: Field[]): string {
  const parts = fields.map(({ name, value, isFile }) => {
    const file = isFile ? '; filename="f.txt"\r\nContent-Type: text/plain' : "";
    return `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n${value}\r\n`;
  });
  return `${parts.join("")}--${BOUNDARY}--\r\n`;
}

function damage(bytes: Buffer, { damage: kind, at }: FormBody): Buffer {
  const place = at % (bytes.length + 1);
  const insert = (what: string) =>
    Buffer.concat([bytes.subarray(0, place), Buffer.from(what, "latin1"), bytes.subarray(place)]);
  switch (kind) {
    case "none":
      return bytes;
    case "cut":
      return bytes.subarray(0, place);
    case "bytes":
      return insert("\xff\xc0\x80");
    case "percent":
      return insert("%E0%A4%A%00%zz");
    case "boundary":
      return insert(`\r\n--${BOUNDARY}\r\n\r\n`);
    case "headers":
      return insert("\r\nContent-Disposition: form-data; name=credential\r\n\r\nx\r\n");
    case "ends":
      return Buffer.from(bytes.toString("latin1").replaceAll("\r\n", "\n"), "latin1");
    case "huge":
      return Buffer.concat([bytes, Buffer.from("&a=".repeat(at % 2 ? 22_000 : 300))]);
  }
}
