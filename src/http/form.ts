import { RefusedRequest } from "../errors.ts";
import { storedText } from "../stored_text.ts";

const URL_ENCODED = "application/x-www-form-urlencoded";
const FORM_TYPES = [URL_ENCODED, "multipart/form-data"];

/** The fields of a form in either encoding. */
export type Form = FormData | URLSearchParams;

/** Reads a UTF-8 form of at most 64 KiB. Throws `not_a_form`, `body_too_large`, or `bad_parameter` if it is damaged. */
export function readForm(request: Request): Promise<Form> {
  const variant = "damaged_request";
  return decodeForm(request, (cause) => new RefusedRequest("bad_parameter", { cause, variant }));
}

/** As {@linkcode readForm}, for Google's answer: throws `malformed_credential` if the form is damaged. */
export function readGoogleForm(request: Request): Promise<Form> {
  return decodeForm(request, (cause) => new RefusedRequest("malformed_credential", { cause }));
}

async function decodeForm(
  request: Request,
  refuse: (cause: unknown) => RefusedRequest,
): Promise<Form> {
  const mediaType = mediaTypeOf(request);
  if (!FORM_TYPES.includes(mediaType)) throw new RefusedRequest("not_a_form");
  try {
    const bytes = await readBody(request);
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    if (mediaType === URL_ENCODED) return parseFields(text);
    const type = request.headers.get("content-type") ?? "";
    return await new Response(bytes, { headers: { "content-type": type } }).formData();
  } catch (cause) {
    if (cause instanceof RefusedRequest) throw cause;
    throw refuse(cause);
  }
}

/** More fields than any page of ours has: each costs time, and 64 KiB hold 30,000 empty ones. */
const MAX_FIELDS = 1000;

function parseFields(text: string): URLSearchParams {
  let [fields, at] = [1, text.indexOf("&")];
  for (; at >= 0 && fields <= MAX_FIELDS; fields += 1) at = text.indexOf("&", at + 1);
  if (fields > MAX_FIELDS) throw new RangeError(`More than ${MAX_FIELDS} fields`);
  return new URLSearchParams(text);
}

/** Google's tokens have about 1,200 characters. */
export const MAX_CREDENTIAL_LENGTH = 8192;

/** The only value of `name`. Throws `missing_credential`, or `malformed_credential` for a file, several values, or a very long one. */
export function readCredential(form: Form, name = "credential"): string {
  const [value, ...more] = form.getAll(name);
  if (value === undefined || value === "") throw new RefusedRequest("missing_credential");
  if (typeof value !== "string" || more.length > 0 || value.length > MAX_CREDENTIAL_LENGTH)
    throw new RefusedRequest("malformed_credential");
  return value;
}

/** The first value of `name` if it is text, else "", as a database can store it. */
export function readText(form: Form, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? storedText(value) : "";
}

/** The sign-in method in `select_by`, or "". The set of methods is open, so only the shape is checked. */
export function readSignInMethod(form: Form): string {
  return /^[a-z0-9_]{1,40}$/.exec(readText(form, "select_by"))?.[0] ?? "";
}

/** The largest request body that we read, in bytes. */
export const MAX_BODY_BYTES = 65_536;

/** Throws `body_too_large` if `Content-Length` is more than 64 KiB. */
export function requireSmallBody(request: Request): void {
  // Bun copies all headers when code reads the first one. A page needs none.
  if (request.method === "GET") return;
  if (Number(request.headers.get("content-length") ?? 0) > MAX_BODY_BYTES) {
    throw new RefusedRequest("body_too_large");
  }
}

/** Reads a body of at most 64 KiB; counts it chunk by chunk without `Content-Length`. Throws `body_too_large`. */
export async function readBody(request: Request): Promise<Uint8Array<ArrayBuffer>> {
  requireSmallBody(request);
  if (request.headers.has("content-length")) return new Uint8Array(await request.arrayBuffer());
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > MAX_BODY_BYTES) throw new RefusedRequest("body_too_large");
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

/** The media type of a request body in lower case, without parameters, or "". */
export function mediaTypeOf(request: Request): string {
  const type = request.headers.get("content-type") ?? "";
  return type.split(";", 1)[0]?.trim().toLowerCase() ?? "";
}
