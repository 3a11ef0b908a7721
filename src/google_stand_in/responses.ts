type Handle = (request: Bun.BunRequest) => Response | Promise<Response>;

const HTML = { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" };

/** A page of the stand-in's. */
export function page(
  html: string,
  { status = 200, headers = {} }: { status?: number; headers?: HeadersInit } = {},
): Response {
  return new Response(html, {
    status,
    headers: { ...HTML, ...Object.fromEntries(new Headers(headers)) },
  });
}

/** The fields of a posted form; one that is not there is empty. */
export async function readForm(request: Request): Promise<{ get(name: string): string }> {
  const form = await request.formData().catch(() => new FormData());
  return { get: (name) => String(form.get(name) ?? "") };
}

/** A route for one method; any other is answered with 405. */
export function only(method: "GET" | "POST", handle: Handle): Handle {
  return (request) =>
    request.method === method
      ? handle(request)
      : new Response("Method not allowed", { status: 405, headers: { Allow: method } });
}
