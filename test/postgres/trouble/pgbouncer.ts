import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { freePort } from "../../foyer_process.ts";
import { PGBOUNCER } from "../../programs.ts";

/** A pgbouncer in transaction mode. */
export interface Pgbouncer extends AsyncDisposable {
  /** The address of the same database by this way. */
  through(address: string): string;
}

/** Starts a pgbouncer with `connections` to the database in front of the server at `server`. */
export async function startPgbouncer(server: number, connections: number): Promise<Pgbouncer> {
  const folder = mkdtempSync(join(tmpdir(), "foyer-pgbouncer-"));
  const port = freePort();
  const [users, config] = [join(folder, "users"), join(folder, "pgbouncer.ini")];
  writeFileSync(users, '"foyer" ""\n');
  writeFileSync(
    config,
    `[databases]
* = host=127.0.0.1 port=${server}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = trust
auth_file = ${users}
pool_mode = transaction
server_login_retry = 1
default_pool_size = ${connections}
${process.getuid?.() === 0 ? "user = postgres" : ""}
`,
  );
  // It reads them as another user, and they hold no password.
  for (const path of [folder, users, config]) chmodSync(path, 0o755);
  const child = Bun.spawn([PGBOUNCER.path, config], { stdout: "ignore", stderr: "pipe" });
  child.unref();
  await untilStarted(child.stderr);
  return {
    through(address) {
      const url = new URL(address);
      url.port = String(port);
      url.search = "?pgbouncer=true";
      return url.href;
    },
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await child.exited;
      rmSync(folder, { recursive: true });
    },
  };
}

/** Resolves when it has started. Its log is read to the end, or it would stand still. */
function untilStarted(stream: ReadableStream<Uint8Array>): Promise<void> {
  const started = Promise.withResolvers<void>();
  const read = async () => {
    let log = "";
    for await (const chunk of stream) {
      log += new TextDecoder().decode(chunk);
      if (log.includes("process up")) started.resolve();
    }
    started.reject(new Error(`pgbouncer has not started:\n${log}`));
  };
  void read();
  return started.promise;
}
