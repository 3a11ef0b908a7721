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
const SERVERS = "/usr/sbin:/sbin";

function program(name: string, packages = [name]): Program {
  const path = Bun.which(name, { PATH: `${process.env.PATH}:${SERVERS}` });
  return { name, path: path ?? name, isInstalled: path !== null, packages };
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
];
