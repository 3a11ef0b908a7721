import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { Environment } from "../../src/config.ts";
import { runInProcess } from "../commands/run_in_process.ts";
import { freePort } from "../foyer_process.ts";
import { CADDY, HAPROXY, NGINX, OPENSSL, type Program } from "../programs.ts";
import { type Certificate, createCertificate } from "./certificate.ts";

/** A proxy that runs in front of a Foyer, by what `foyer example` prints. */
export interface RunningProxy {
  origin: string;
  /** Where it redirects from http. */
  httpPort: number;
  certificate: Certificate;
  /** What it has said. */
  output(): string;
  stop(): Promise<void>;
}

/** What a proxy's configuration depends on here. */
interface Place {
  folder: string;
  httpsPort: number;
  httpPort: number;
  certificate: Certificate;
}

/** A proxy that `foyer example` knows. */
export interface ProxyKind {
  name: "nginx" | "caddy" | "haproxy";
  program: Program;
  /** Replaces what only a machine of its own has: port 80, the certificate's path, users and logs. */
  adapt: (printed: string, place: Place) => string;
  /** The command that runs it in the foreground. */
  command: (path: string, place: Place) => string[];
}

/** Replaces each of `pairs`: a text must be there exactly once, a pattern at least once. */
function replaceAll(text: string, pairs: [from: string | RegExp, to: string][]): string {
  return pairs.reduce((result, [from, to]) => {
    const count = result.split(from).length - 1;
    if (typeof from === "string" ? count !== 1 : count === 0) {
      throw new Error(`${count} times in the example: ${from}`);
    }
    return result.replaceAll(from, to);
  }, text);
}

const isRoot = process.getuid?.() === 0;

export const nginx: ProxyKind = {
  name: "nginx",
  program: NGINX,
  adapt(printed, { folder, httpPort, certificate: { certPath, keyPath } }) {
    const site = replaceAll(printed, [
      [/^ {2}listen 80;$/gm, `  listen 127.0.0.1:${httpPort};`],
      [/^ {2}listen \[::\]:.*\n/gm, ""],
      [/^ {2}listen (?=\d+ ssl)/gm, "  listen 127.0.0.1:"],
      [/\/etc\/letsencrypt\/live\/.*\/fullchain\.pem/g, certPath],
      [/\/etc\/letsencrypt\/live\/.*\/privkey\.pem/g, keyPath],
    ]);
    writeFileSync(join(folder, "site.conf"), site);
    const paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
      (name) => `${name}_temp_path ${folder}/${name};`,
    );
    return `daemon off; pid ${folder}/pid; error_log stderr;${isRoot ? " user root;" : ""}
events { worker_connections 1000; }
http { access_log off; ${paths.join(" ")} include ${folder}/site.conf; }`;
  },
  command: (path, { folder }) => [NGINX.path, "-p", folder, "-c", path],
};

export const caddy: ProxyKind = {
  name: "caddy",
  program: CADDY,
  adapt: (printed, { httpPort, certificate: { certPath, keyPath } }) =>
    replaceAll(printed, [
      [
        "\n{\n",
        `\n{\n\tadmin off\n\tskip_install_trust\n\tdefault_bind 127.0.0.1\n\thttp_port ${httpPort}\n`,
      ],
      [/^https:.* \{$/gm, `$&\n\ttls ${certPath} ${keyPath}`],
    ]),
  command: (path) => [CADDY.path, "run", "--adapter", "caddyfile", "--config", path],
};

const haproxy: ProxyKind = {
  name: "haproxy",
  program: HAPROXY,
  adapt(printed, { folder, httpsPort, httpPort, certificate: { certPath, keyPath } }) {
    const pem = join(folder, "both.pem");
    writeFileSync(pem, readFileSync(certPath, "utf8") + readFileSync(keyPath, "utf8"));
    return replaceAll(printed, [
      ["\tlog /dev/log local0\n", ""],
      ["\tuser haproxy\n\tgroup haproxy\n\tchroot /var/lib/haproxy\n", ""],
      ["\tlog global\n", ""],
      ["maxconn 20000", "maxconn 500"],
      ["bind :80", `bind 127.0.0.1:${httpPort}`],
      [`bind :${httpsPort} ssl`, `bind 127.0.0.1:${httpsPort} ssl`],
      ["/etc/haproxy/certs/localhost.pem", pem],
    ]);
  },
  command: (path) => [HAPROXY.path, "-db", "-f", path],
};

/** The proxies that `foyer example` knows. */
export const PROXIES: readonly ProxyKind[] = [nginx, caddy, haproxy];

/** Those that can ask Foyer about requests to other applications: `foyer example NAME-forward`. */
export const FORWARD_PROXIES: readonly ProxyKind[] = [nginx, caddy];

/** Whether this machine has what a proxy takes. */
export const isRunnable = ({ program }: ProxyKind) => program.isInstalled && OPENSSL.isInstalled;

/** How a proxy starts. */
export interface ProxyOptions {
  folder: string;
  env: Environment;
  /** Its example's name, if that is not its own. */
  example?: string | undefined;
  edit?: ((printed: string) => string) | undefined;
  /** How long its certificate is valid. */
  days?: number | undefined;
  /** Whom its certificate is for, as openssl writes it. */
  names?: string[] | undefined;
}

/**
 * Starts a proxy with what `foyer example` prints for `env`, whose `ORIGIN` is `https://NAME:PORT` on loopback, with its
 * files in `folder`. `edit` may break what is printed.
 */
export async function startProxy(
  kind: ProxyKind,
  { folder, env, example = kind.name, edit = (text) => text, days, names }: ProxyOptions,
): Promise<RunningProxy> {
  const origin = env.ORIGIN ?? "";
  const own = mkdtempSync(join(folder, `${kind.name}-`));
  const certificate = createCertificate(own, { days, names });
  const place = {
    folder: own,
    httpsPort: Number(new URL(origin).port),
    httpPort: freePort(),
    certificate,
  };
  const path = join(own, "proxy.conf");
  const printed = await runInProcess(["example", example], env);
  writeFileSync(path, `${kind.adapt(edit(printed), place)}\n`);
  mkdirSync(join(own, "home"));
  const child = Bun.spawn(kind.command(path, place), {
    cwd: own,
    env: { HOME: join(own, "home") },
    stdout: "pipe",
    stderr: "pipe",
  });
  let said = "";
  const read = async (stream: ReadableStream<Uint8Array>) => {
    for await (const chunk of stream) said += new TextDecoder().decode(chunk);
  };
  const reading = Promise.all([read(child.stdout), read(child.stderr)]);
  await waitUntilListening(place.httpsPort, () => {
    if (child.exitCode !== null) throw new Error(`${kind.name} ended:\n${said}`);
  });
  return {
    origin,
    httpPort: place.httpPort,
    certificate,
    output: () => said,
    async stop() {
      child.kill("SIGTERM");
      await child.exited;
      await reading;
    },
  };
}

/** Connects until somebody listens; `check` throws when there is no hope left. */
async function waitUntilListening(port: number, check: () => void): Promise<void> {
  for (;;) {
    check();
    const socket = await Bun.connect({ hostname: "127.0.0.1", port, socket: { data() {} } }).catch(
      () => null,
    );
    if (socket) return void socket.end();
    await Bun.sleep(20);
  }
}
