import { existsSync, readdirSync } from "node:fs";

/** A program of other people that tests run. */
export interface Program {
  name: string;
  /** Its path, or its name if it is not installed. */
  path: string;
  isInstalled: boolean;
  /** Debian's packages that have it. */
  packages: string[];
}

/** Where Debian has servers; not in the path of every user. */
const SERVERS = ["/usr/sbin", "/sbin"];
/** Where Debian has a folder for each version of PostgreSQL; in the path of nobody. */
const POSTGRES_VERSIONS = "/usr/lib/postgresql";

function program(name: string, packages = [name], folders = SERVERS): Program {
  const path = Bun.which(name, { PATH: [process.env.PATH, ...folders].join(":") });
  return { name, path: path ?? name, isInstalled: path !== null, packages };
}

/** The folders of PostgreSQL's programs, newest version first. */
function postgresFolders(): string[] {
  if (!existsSync(POSTGRES_VERSIONS)) return [];
  const newestFirst = readdirSync(POSTGRES_VERSIONS).toSorted((a, b) => Number(b) - Number(a));
  return newestFirst.map((version) => `${POSTGRES_VERSIONS}/${version}/bin`);
}

export const OPENSSL = program("openssl");
export const CURL = program("curl");
export const NGINX = program("nginx", ["nginx-light"]);
export const CADDY = program("caddy");
export const HAPROXY = program("haproxy");
export const SYSTEMD_ANALYZE = program("systemd-analyze", ["systemd"]);
export const STRACE = program("strace");
export const BUBBLEWRAP = program("bwrap", ["bubblewrap"]);
export const PROMTOOL = program("promtool", ["prometheus"]);
/** PostgreSQL's server has its other programs beside this one. */
export const INITDB = program("initdb", ["postgresql"], postgresFolders());
export const PGBOUNCER = program("pgbouncer");
/** Sends signals to the children of a process. */
export const PKILL = program("pkill", ["procps"]);

/** Whether tests can start a PostgreSQL. */
export const hasPostgres = INITDB.isInstalled && PKILL.isInstalled;

/** All programs that tests need beside browsers. `.ci/run` installs them. */
export const PROGRAMS: readonly Program[] = [
  OPENSSL,
  CURL,
  NGINX,
  CADDY,
  HAPROXY,
  SYSTEMD_ANALYZE,
  STRACE,
  BUBBLEWRAP,
  PROMTOOL,
  INITDB,
  PGBOUNCER,
  PKILL,
];
