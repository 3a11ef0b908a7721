import { SignInError } from "../errors.ts";

/** The largest request body that is read, in bytes. */
export const MAX_BODY_BYTES = 65_536;

/** Refuses a request that announces a body of more than 64 KiB. Throws `body_too_large`. */
export function requireSmallBody(request: Request): void {
  // Bun copies every header when the first is asked for; a page needs none.
  if (request.method === "GET") return;
  if (Number(request.headers.get("content-length") ?? 0) > MAX_BODY_BYTES) {
    throw new SignInError("body_too_large");
  }
}

/** Reads a body of at most 64 KiB, counted while it comes unless its length came first. Throws `body_too_large`. */
export async function readBody(request: Request): Promise<Uint8Array<ArrayBuffer>> {
  requireSmallBody(request);
  if (request.headers.has("content-length")) return new Uint8Array(await request.arrayBuffer());
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > MAX_BODY_BYTES) throw new SignInError("body_too_large");
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

/** The media type of a request's body in lower case, without its parameters; "" if there is none. */
export function mediaTypeOf(request: Request): string {
  const type = request.headers.get("content-type") ?? "";
  return type.split(";", 1)[0]?.trim().toLowerCase() ?? "";
}
