import { dirname, resolve } from "node:path";

import type { Config } from "../config.ts";
import type { SqliteAddress } from "../config/database.ts";
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
  const isPrivileged = port < FIRST_FREE_PORT;
  const values = {
    origin,
    port,
    ...(database.engine === "sqlite" ? fillForFile(database) : ON_SERVER),
    stop_seconds: Math.ceil(shutdownMs / 1000) + STOP_MARGIN_SECONDS,
    capabilities: isPrivileged ? "CAP_NET_BIND_SERVICE" : "",
    // Such a port is the machine's, not the service's own.
    private_users: isPrivileged ? "no" : "yes",
  };
  return { values, networks: [] };
}

/** What the database needs of a unit and of a container: a folder. */
function fillForFile({ path: name }: SqliteAddress): Record<keyof typeof ON_SERVER, string> {
  const path = name === ":memory:" ? name : resolve(STATE_FOLDER, name);
  const setting = quote(`DATABASE_URL=${path === ":memory:" ? path : `file:${path}`}`);
  const folder = quote(path === ":memory:" ? STATE_FOLDER : dirname(path));
  return {
    database: `Environment=${setting}
StateDirectory=foyer
StateDirectoryMode=0700
WorkingDirectory=${STATE_FOLDER}
ReadWritePaths=${folder}`,
    own_folder: ", and to write its own folder",
    data_option: "-v foyer:/data",
    data_note: "# Run one container on a volume.",
    data_folder: `# Foyer's user may write to the volume.
RUN mkdir -p /parts/data && chown 65532:65532 /parts/data && chmod 700 /parts/data`,
    data_setting: "DATABASE_URL=file:/data/foyer.db",
    data_volume: "VOLUME /data",
  };
}

/** A PostgreSQL needs no folder, and has a password. */
const ON_SERVER = {
  database: `# The address, postgres://USER:PASSWORD@HOST:5432/DATABASE, is the one line of a file that root alone can read.
# There is no DATABASE_URL in /etc/foyer.env then.
LoadCredential=database_url:/etc/foyer.database_url
Environment=DATABASE_URL_FILE=%d/database_url`,
  own_folder: "",
  data_option: "--secret foyer_database_url,uid=65532,mode=0400",
  data_note: `# The address, postgres://USER:PASSWORD@HOST:5432/DATABASE, is a secret, and not in foyer.env:
#   podman secret create foyer_database_url FILE`,
  data_folder: "",
  data_setting: "DATABASE_URL_FILE=/run/secrets/foyer_database_url",
  data_volume: "",
};

/** A text as a unit's file takes it: https://www.freedesktop.org/software/systemd/man/latest/systemd.syntax.html */
function quote(text: string): string {
  return `"${text.replace(/["\\]/g, "\\$&").replaceAll("%", "%%")}"`;
}
