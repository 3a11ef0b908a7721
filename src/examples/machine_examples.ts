import { dirname, resolve } from "node:path";

import type { Config } from "../config.ts";
import container from "./container.txt" with { type: "text" };
import type { Filling } from "./fill_example.ts";
import systemd from "./systemd.txt" with { type: "text" };

/** What starts Foyer and keeps it running, by its name, with `{{…}}` for what settings decide. */
export const MACHINE_EXAMPLES = { systemd, container } as const;

/** Where the unit keeps the database, unless the settings name a whole path. */
const STATE_FOLDER = "/var/lib/foyer";

/** Longer than Foyer takes to stop: after that it is killed. */
const STOP_MARGIN_SECONDS = 5;

/** Below it, a port takes a right of its own. */
const FIRST_FREE_PORT = 1024;

/** What the settings fill in for a unit or a container. */
export function fillForMachine({ origin, port, shutdownMs, database }: Config): Filling {
  const name = database.engine === "sqlite" ? database.path : ":memory:";
  const path = name === ":memory:" ? name : resolve(STATE_FOLDER, name);
  const isPrivileged = port < FIRST_FREE_PORT;
  const values = {
    origin,
    port,
    database_setting: quote(`DATABASE_URL=${path === ":memory:" ? path : `file:${path}`}`),
    database_folder: quote(path === ":memory:" ? STATE_FOLDER : dirname(path)),
    stop_seconds: Math.ceil(shutdownMs / 1000) + STOP_MARGIN_SECONDS,
    capabilities: isPrivileged ? "CAP_NET_BIND_SERVICE" : "",
    // Such a port is the machine's, not the service's own.
    private_users: isPrivileged ? "no" : "yes",
  };
  return { values, networks: [] };
}

/** A text as a unit's file takes it: https://www.freedesktop.org/software/systemd/man/latest/systemd.syntax.html */
function quote(text: string): string {
  return `"${text.replace(/["\\]/g, "\\$&").replaceAll("%", "%%")}"`;
}
