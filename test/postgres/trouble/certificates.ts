import { join } from "node:path";

import { SQL } from "bun";

import { OPENSSL } from "../../programs.ts";
import type { PostgresServer } from "../server.ts";

const KEY = ["-newkey", "rsa:2048", "-nodes"];

/** Makes a server speak TLS, as `localhost`. Returns the path of its authority's certificate. */
export async function enableTls({ folder, url }: PostgresServer): Promise<string> {
  const at = (name: string) => join(folder, name);
  const authority = ["-subj", "/CN=Authority", "-addext", "basicConstraints=critical,CA:TRUE"];
  run(["req", "-x509", ...KEY, "-keyout", at("ca.key"), "-out", at("ca.pem"), ...authority]);
  const name = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
  const signed = ["-CA", at("ca.pem"), "-CAkey", at("ca.key")];
  run(["req", "-x509", ...KEY, "-keyout", at("key"), "-out", at("pem"), ...name, ...signed]);
  // The server refuses keys of others.
  Bun.spawnSync(["chown", `--reference=${folder}`, at("key"), at("pem")]);
  await using sql = new SQL(url("postgres"), { max: 1 });
  const settings = { ssl_cert_file: at("pem"), ssl_key_file: at("key"), ssl: "on" };
  for (const [setting, value] of Object.entries(settings))
    await sql.unsafe(`alter system set ${setting} = '${value}'`);
  await sql`select pg_reload_conf()`;
  const isOn = async () =>
    (await sql`select 1 from pg_settings where name = 'ssl' and setting = 'on'`).length > 0;
  while (!(await isOn()));
  return at("ca.pem");
}

function run(args: string[]): void {
  const { success, stderr } = Bun.spawnSync([OPENSSL.path, ...args], { stderr: "pipe" });
  if (!success) throw new Error(stderr.toString());
}
