import { existsSync, realpathSync, renameSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { INITDB } from "../programs.ts";

const CREATE_DATA = ["initdb", "--auth=trust", "--username=foyer", "--encoding=UTF8", "--locale=C"];

/** The command that runs a program of PostgreSQL, which refuses to run as root. */
export function postgresCommand([program = "", ...args]: string[]): string[] {
  return ownerCommand([join(dirname(realpathSync(INITDB.path)), program), ...args]);
}

/** Makes a new empty folder, which belongs to whom the server runs as. */
export function createFolder(): Promise<string> {
  return run(ownerCommand(["mktemp", "-d", join(tmpdir(), "foyer_postgres_XXXXXXXX")]));
}

/** Puts an initialised database into `folder/data`, and returns that path. */
export async function createDataFolder(folder: string): Promise<string> {
  const data = join(folder, "data");
  const owner = statSync(folder).uid;
  const template = await templatePath(owner);
  if (!existsSync(template)) await createTemplate(template, join(folder, "template"));
  // Its configuration can run programs, and everybody may write to a temporary folder.
  if (statSync(template).uid !== owner) throw new Error(`Not ours: ${template}`);
  await run(ownerCommand(["cp", "-R", template, data]));
  return data;
}

/** Where all runs of `owner` find an initialised database to copy: `initdb` takes several times as long. */
async function templatePath(owner: number): Promise<string> {
  const version = await run(postgresCommand(["postgres", "--version"]));
  const kind = Bun.hash([owner, version, ...CREATE_DATA].join(" ")).toString(36);
  return join(tmpdir(), `foyer_postgres_template_${kind}`);
}

async function createTemplate(template: string, draft: string): Promise<void> {
  await run(postgresCommand([...CREATE_DATA, draft]));
  try {
    renameSync(draft, template);
  } catch (error) {
    // Another process may have been faster.
    if (!existsSync(template)) throw error;
  }
}

function ownerCommand(command: string[]): string[] {
  if (process.getuid?.() !== 0) return command;
  return ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", ...command];
}

/** Runs `command` to its end, and returns what it has printed. */
async function run(command: string[]): Promise<string> {
  const child = Bun.spawn(command, { stdout: "pipe", stderr: "pipe" });
  const [said = "", complaint = ""] = await Promise.all(
    [child.stdout, child.stderr].map((stream) => new Response(stream).text()),
  );
  if ((await child.exited) !== 0) throw new Error(`${command.join(" ")}:\n${said}${complaint}`);
  return said.trim();
}
