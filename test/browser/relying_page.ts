/** A site of its own that holds one page, and notes what is posted to it. */
export interface RelyingPage {
  origin: string;
  /** The posts so far. */
  posts: { path: string; form: Record<string, string>; headers: Headers }[];
  stop(): Promise<void>;
}

/** Serves what `draw` makes of an address on http://localhost: to the stand-in's 127.0.0.1 another site. */
export function startRelyingPage(draw: (url: URL) => string): RelyingPage {
  const posts: RelyingPage["posts"] = [];
  const server = Bun.serve({
    port: 0,
    hostname: "localhost",
    async fetch(request) {
      const url = new URL(request.url);
      if (request.method !== "POST") return answerHtml(draw(url));
      const form = Object.fromEntries(await request.formData()) as Record<string, string>;
      posts.push({ path: url.pathname, form, headers: request.headers });
      return answerHtml("<h1>Posted</h1>");
    },
  });
  return { origin: `http://localhost:${server.port}`, posts, stop: () => server.stop(true) };
}

function answerHtml(body: string): Response {
  const html = `<!doctype html><title>A page</title><link rel="icon" href="data:,">${body}`;
  return new Response(html, { headers: { "Content-Type": "text/html; charset=utf-8" } });
}
