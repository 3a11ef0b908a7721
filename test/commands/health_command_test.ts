import { afterAll, describe, expect, test } from "bun:test";
import { createServer } from "node:net";

import { freePort } from "../foyer_process.ts";
import { runInProcess } from "./run_in_process.ts";

const READY = { status: "ready", database: true, keys: true };
const NOT_READY = { status: "not ready", database: true, keys: false };
const servers: ReturnType<typeof Bun.serve>[] = [];

afterAll(() => Promise.all(servers.map((server) => server.stop(true))));

/** A server that gives its answers one after the other, and then the last one again. */
function serve(...answers: (() => Response)[]) {
  const paths: string[] = [];
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    fetch: ({ url }) => {
      paths.push(new URL(url).pathname);
      const answer = answers[Math.min(paths.length, answers.length) - 1];
      return answer?.() ?? new Response();
    },
  });
  servers.push(server);
  return { env: { HOST: "127.0.0.1", PORT: String(server.port) }, paths };
}

const json = (value: unknown, status: number) => () => Response.json(value, { status });

/** Runs the command, and returns what it shows and why it fails. */
async function health(env: Record<string, string>, ...args: string[]) {
  const lines: string[] = [];
  const writeLine = async (line: string) => void lines.push(line);
  const failure = await runInProcess(["health", ...args], env, { writeLine }).then(
    () => null,
    (error: Error) => error,
  );
  return { shown: lines.join("\n"), failure };
}

describe("foyer health", () => {
  test("shows what a server says that is ready, and succeeds", async () => {
    const { env, paths } = serve(json(READY, 200));
    expect(await health(env)).toEqual({
      shown: "ready\ndatabase  true\nkeys  true",
      failure: null,
    });
    expect(paths).toEqual(["/readyz"]);
  });

  test("shows the parts of one that is not, and fails", async () => {
    const { env } = serve(json(NOT_READY, 503));
    const { shown, failure } = await health(env);
    expect(shown).toBe("not ready\ndatabase  true\nkeys  false");
    expect(failure?.name).toBe("CommandError");
    expect(failure?.message).toContain(`http://127.0.0.1:${env.PORT}/readyz`);
  });

  test("shows one JSON value, also of a server that does not answer", async () => {
    const { env } = serve(json(READY, 200));
    const url = `http://127.0.0.1:${env.PORT}/readyz`;
    const ready = JSON.parse((await health(env, "--json")).shown);
    expect(ready).toEqual({ url, isReady: true, answer: READY, cause: null });
    const { shown, failure } = await health({ ...env, PORT: String(freePort()) }, "--json");
    expect(JSON.parse(shown)).toMatchObject({ isReady: false, answer: null });
    expect(JSON.parse(shown).cause).toMatch(/ECONNREFUSED|ConnectionRefused/);
    expect(failure?.name).toBe("CommandError");
  });

  const STRANGERS: Record<string, () => Response> = {
    "a page": () => new Response("<h1>It works</h1>"),
    "other JSON": () => Response.json({ ok: true }),
    "no object": () => Response.json(["status"]),
    null: () => Response.json(null),
    nothing: () => new Response(),
    "a status in words of its own": () => Response.json({ status: "fine" }),
    "“ready” with an error": json(READY, 500),
    "a redirect to something that is ready": () => Response.redirect("/elsewhere"),
    "more than a status": () => new Response(`{"status":"ready","x":"${"x".repeat(5000)}"}`),
  };
  for (const [what, answer] of Object.entries(STRANGERS)) {
    test(`takes a server that answers with ${what} for none that is ready`, async () => {
      const { env } = serve(answer);
      expect((await health(env)).failure?.name).toBe("CommandError");
    });
  }

  test("shows nothing of an answer that a terminal obeys", async () => {
    const { env } = serve(json({ status: "ready\u001b[2J", "\u001b]0;x": "\u009b1m" }, 200));
    expect((await health(env)).shown).not.toMatch(/[\u001b\u009b]/);
  });

  test("waits until the server is ready", async () => {
    const { env, paths } = serve(json(NOT_READY, 503), () => new Response("?"), json(READY, 200));
    expect((await health(env, "--wait", "10")).failure).toBeNull();
    expect(paths).toHaveLength(3);
  });

  test("waits no longer than it was told, also for one that accepts and says nothing", async () => {
    const silent = createServer(() => {}).listen(0, "127.0.0.1");
    await new Promise((resolve) => silent.once("listening", resolve));
    const { port } = silent.address() as { port: number };
    const begun = performance.now();
    const { failure } = await health({ HOST: "127.0.0.1", PORT: String(port) }, "--wait", "1");
    expect(failure?.name).toBe("CommandError");
    expect(performance.now() - begun).toBeLessThan(3000);
    silent.close();
  });

  const ADDRESSES: [env: Record<string, string>, url: string][] = [
    [{}, "http://localhost:PORT/readyz"],
    [{ ORIGIN: "https://app.example.com" }, "http://127.0.0.1:PORT/readyz"],
    [{ HOST: "0.0.0.0" }, "http://127.0.0.1:PORT/readyz"],
    [{ HOST: "::" }, "http://[::1]:PORT/readyz"],
    [{ HOST: "::1" }, "http://[::1]:PORT/readyz"],
    [{ TLS_CERT: "x", ORIGIN: "https://app.example.com" }, "https://127.0.0.1:PORT/readyz"],
    [{ TLS_CERT: "x" }, "https://localhost:PORT/readyz"],
  ];
  for (const [env, url] of ADDRESSES) {
    test(`asks ${url} under ${JSON.stringify(env)}`, async () => {
      const PORT = String(freePort());
      const { shown } = await health({ ...env, PORT }, "--json");
      expect(JSON.parse(shown).url).toBe(url.replace("PORT", PORT));
    });
  }

  const WRONG: [args: string[], env: Record<string, string>, name: string][] = [
    [["--wait"], {}, "UsageError"],
    [["--wait", "soon"], {}, "UsageError"],
    [["--wait", "-1"], {}, "UsageError"],
    [["--wait", "3601"], {}, "UsageError"],
    [["now"], {}, "UsageError"],
    [[], { PORT: "0" }, "ConfigError"],
    [[], { HOST: "a b" }, "ConfigError"],
    [[], { ORIGIN: "http://app.example.com" }, "ConfigError"],
  ];
  for (const [args, env, name] of WRONG) {
    test(`refuses ${args.join(" ")} ${JSON.stringify(env)}`, async () => {
      const { shown, failure } = await health(env, ...args);
      expect(failure?.name).toBe(name);
      expect(shown).toBe("");
    });
  }
});
