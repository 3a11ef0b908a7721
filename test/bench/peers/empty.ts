// The least that a compiled server of Bun can be.

Bun.serve({
  port: Number(process.argv[2]),
  hostname: "127.0.0.1",
  fetch: () => new Response("ok"),
});
