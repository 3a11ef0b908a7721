import { acceptedBy, COMPRESS, type Encoding, type Encodings } from "./compression.ts";

/** An answer that is the same for everybody who asks for it in the same way. */
export interface ReadyAnswer {
  respond(request: Request): Response;
}

/** One form of the answer. An answer shares the bytes of a blob; it would copy others. */
interface Form {
  body: Blob;
  headers: Headers;
}

/**
 * An answer with these `headers`. A text is drawn and compressed when it is first asked for; bytes have only the
 * encodings that they come in.
 */
export function createReadyAnswer(
  content: (() => string) | Encodings,
  headers: Record<string, string>,
): ReadyAnswer {
  const forms = new Map<Encoding | "identity", Form>();
  let text: string | null = null;

  function bodyIn(encoding: Encoding | "identity"): string | Uint8Array<ArrayBuffer> {
    if (typeof content !== "function") return content[encoding] ?? content.identity;
    text ??= content();
    return encoding === "identity" ? text : COMPRESS[encoding](text);
  }

  function formIn(encoding: Encoding | "identity"): Form {
    const known = forms.get(encoding);
    if (known) return known;
    const form = { body: new Blob([bodyIn(encoding)]), headers: new Headers(headers) };
    if (encoding !== "identity") form.headers.set("Content-Encoding", encoding);
    forms.set(encoding, form);
    return form;
  }

  const has = (encoding: Encoding) => typeof content === "function" || encoding in content;
  return {
    respond(request) {
      const { body, headers } = formIn(acceptedBy(request).find(has) ?? "identity");
      return new Response(body, { headers });
    },
  };
}
