import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { freePort } from "../../foyer_process.ts";
import { HAPROXY } from "../../programs.ts";

/** HAProxy in front of a PostgreSQL and its standby. */
export interface Haproxy extends AsyncDisposable {
  port: number;
}

/** Starts HAProxy, with the standby in the place of a primary that is away. */
export async function startHaproxy(primary: number, standby: number): Promise<Haproxy> {
  const folder = mkdtempSync(join(tmpdir(), "foyer-haproxy-"));
  const port = freePort();
  const path = join(folder, "haproxy.cfg");
  writeFileSync(
    path,
    `defaults
  mode tcp
  timeout connect 1s
  timeout client 1h
  timeout server 1h
listen postgres
  bind 127.0.0.1:${port}
  default-server check inter 200ms fall 2 rise 1 on-marked-down shutdown-sessions
  server primary 127.0.0.1:${primary}
  server standby 127.0.0.1:${standby} backup
`,
  );
  const child = Bun.spawn([HAPROXY.path, "-f", path], { stdout: "ignore", stderr: "ignore" });
  while (!(await isListening(port))) await Bun.sleep(10);
  return {
    port,
    async [Symbol.asyncDispose]() {
      child.kill();
      await child.exited;
      rmSync(folder, { recursive: true });
    },
  };
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => socket.end(() => resolve(true)));
    socket.once("error", () => resolve(false));
  });
}
