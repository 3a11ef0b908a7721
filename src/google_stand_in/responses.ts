type Handle = (request: Bun.BunRequest) => Response | Promise<Response>;

const HTML = { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" };

/** An HTML response that is not cached. */
export function page(
  html: string,
  { status = 200, headers = {} }: { status?: number; headers?: HeadersInit } = {},
): Response {
  return new Response(html, {
    status,
    headers: { ...HTML, ...Object.fromEntries(new Headers(headers)) },
  });
}

/** Reads a posted form. A missing field is an empty string. */
export async function readForm(request: Request): Promise<{ get(name: string): string }> {
  const form = await request.formData().catch(() => new FormData());
  return { get: (name) => String(form.get(name) ?? "") };
}

/** A route for one HTTP method. It answers others with 405. */
export function only(method: "GET" | "POST", handle: Handle): Handle {
  return (request) =>
    request.method === method
      ? handle(request)
      : new Response("Method not allowed", { status: 405, headers: { Allow: method } });
}
