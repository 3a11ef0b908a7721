/** A site of its own that holds one page, and notes what is posted to it. */
export interface RelyingPage {
  origin: string;
  /** The posts so far. */
  posts: { path: string; form: Record<string, string>; headers: Headers }[];
  stop(): Promise<void>;
}

/** Serves `body` on http://localhost: to the stand-in's 127.0.0.1 that is another site. */
export function startRelyingPage(body: (origin: string) => string): RelyingPage {
  const posts: RelyingPage["posts"] = [];
  const server = Bun.serve({
    port: 0,
    hostname: "localhost",
    async fetch(request) {
      if (request.method !== "POST") return answerHtml(body(new URL(request.url).origin));
      const form = Object.fromEntries(await request.formData()) as Record<string, string>;
      posts.push({ path: new URL(request.url).pathname, form, headers: request.headers });
      return answerHtml("<h1>Posted</h1>");
    },
  });
  return { origin: `http://localhost:${server.port}`, posts, stop: () => server.stop(true) };
}

function answerHtml(body: string): Response {
  const html = `<!doctype html><title>A page</title><link rel="icon" href="data:,">${body}`;
  return new Response(html, { headers: { "Content-Type": "text/html; charset=utf-8" } });
}
