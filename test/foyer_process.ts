/** A Foyer that runs as a process of its own. */
export interface FoyerProcess {
  pid: number;
  origin: string;
  cwd: string;
  env: Record<string, string>;
  /** What it has printed so far. */
  output(): string;
  /** Resolves when it has printed `text`. */
  outputHas(text: string): Promise<void>;
  /** Sends `signal`, and tells how it ended and in how many milliseconds. */
  stop(signal: "SIGTERM" | "SIGKILL"): Promise<{ exitCode: number | null; ms: number }>;
}

/** A port that is free now. */
export function freePort(): number {
  const server = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: () => new Response() });
  const { port = 0 } = server;
  void server.stop(true);
  return port;
}

/** Starts `command` with nothing in its environment but `env`, and waits until it serves. */
export async function startFoyerProcess(
  command: string[],
  { cwd, env }: { cwd: string; env: Record<string, string> },
): Promise<FoyerProcess> {
  let text = "";
  const listeners = new Set<() => void>();
  const child = Bun.spawn(command, { cwd, env, stdout: "pipe", stderr: "pipe" });
  const read = async (stream: ReadableStream<Uint8Array>) => {
    const decoder = new TextDecoder();
    for await (const chunk of stream) {
      text += decoder.decode(chunk, { stream: true });
      for (const listener of listeners) listener();
    }
  };
  const reading = Promise.all([read(child.stdout), read(child.stderr)]);

  function outputHas(wanted: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (text.includes(wanted)) resolve();
      };
      listeners.add(look);
      look();
      void child.exited
        .then(() => reading)
        .then(() => {
          look();
          reject(new Error(`It ended without "${wanted}":\n${text}`));
        });
    });
  }

  await outputHas('"started"');
  return {
    pid: child.pid,
    origin: `http://localhost:${env.PORT}`,
    cwd,
    env,
    output: () => text,
    outputHas,
    async stop(signal) {
      const begun = performance.now();
      child.kill(signal);
      await child.exited;
      const ms = performance.now() - begun;
      await reading;
      return { exitCode: child.exitCode, ms };
    },
  };
}
