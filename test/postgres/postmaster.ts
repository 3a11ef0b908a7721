/** A running PostgreSQL. */
export interface Postmaster {
  pid: number;
  /** Resolves when it accepts connections, and rejects with its log if it ends before. */
  ready: Promise<void>;
  /** Resolves when none of its processes is left. */
  ended: Promise<void>;
}

const READY = "database system is ready to accept connections";

/** Runs PostgreSQL by `command`; `hear` gets its log. */
export function startPostmaster(command: string[], hear: (text: string) => void): Postmaster {
  const child = Bun.spawn(command, { stdin: "ignore", stdout: "ignore", stderr: "pipe" });
  child.unref();
  const ready = Promise.withResolvers<void>();
  const readLog = async () => {
    const decoder = new TextDecoder();
    let log = "";
    for await (const chunk of child.stderr) {
      const text = decoder.decode(chunk, { stream: true });
      hear(text);
      log += text;
      if (log.includes(READY)) ready.resolve();
    }
    // All its processes hold this pipe: they have closed it.
    await child.exited;
    ready.reject(new Error(`PostgreSQL has not started:\n${log}`));
  };
  return { pid: child.pid, ready: ready.promise, ended: readLog() };
}

/** Sends a signal to `pid`, and then to its children: a postmaster that stands still starts none. */
export function signalAll(signal: "STOP" | "CONT", pid: number): void {
  process.kill(pid, `SIG${signal}`);
  Bun.spawnSync(["pkill", `-${signal}`, "-P", String(pid)]);
}
