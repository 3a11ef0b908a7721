import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { readArguments, UsageError } from "./commands/command_line.ts";
import { integer, origin } from "./config/values.ts";
import { exitWith } from "./exit.ts";
import { type GoogleStandIn, startGoogleStandIn } from "./google_stand_in/server.ts";
import { describeGoogleHosts, describeStart } from "./google_stand_in/start_text.ts";
import { ListenError } from "./process/listen.ts";

// `bun run stand-in`: the stand-in for Google alone, for an application that need not be Foyer's.

const HOST = "127.0.0.1";
const USAGE = `bun run stand-in [options]

  --port PORT       where it listens on ${HOST}; 3001 by default
  --client-id ID    the only client ID that is registered; may be repeated; any by default
  --origin ORIGIN   the only origin that may ask; may be repeated; any of this machine by default
  --google-hosts    also be https://accounts.google.com, for packages that have that address in
                    their code; takes the next two ports`;

/** Reads the arguments. Throws {@linkcode UsageError} for wrong ones. */
function readOptions(args: string[]) {
  const { values } = readArguments(args, {
    usage: USAGE,
    count: 0,
    options: {
      port: { type: "string", default: "3001" },
      "client-id": { type: "string", multiple: true, default: [] },
      origin: { type: "string", multiple: true, default: [] },
      "google-hosts": { type: "boolean", default: false },
    },
  });
  const read = <Value>(name: string, text: string, parse: (text: string) => Value): Value => {
    try {
      return parse(text);
    } catch (error) {
      throw new UsageError(USAGE, `--${name} ${(error as Error).message}`);
    }
  };
  return {
    port: read("port", values.port, integer(1, 65_533)),
    clientIds: values["client-id"],
    origins: values.origin.map((text) => read("origin", text, origin)),
    hasGoogleHosts: values["google-hosts"],
  };
}

async function startHosts(google: GoogleStandIn, port: number): Promise<string> {
  const hosts = await google.startGoogleHosts({ tlsPort: port + 1, proxyPort: port + 2 });
  const folder = mkdtempSync(join(tmpdir(), "stand_in_"));
  const certificatePath = join(folder, "google.pem");
  writeFileSync(certificatePath, hosts.certificate);
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.once(signal, () => {
      rmSync(folder, { recursive: true });
      process.exit();
    });
  }
  return describeGoogleHosts(hosts, certificatePath);
}

async function start({ hasGoogleHosts, ...options }: ReturnType<typeof readOptions>) {
  const { port } = options;
  try {
    const google = await startGoogleStandIn(options);
    console.info(describeStart({ ...options, origin: `http://${HOST}:${port}` }));
    if (hasGoogleHosts) console.info(await startHosts(google, port));
  } catch (cause) {
    throw new ListenError({ host: HOST, port, cause, variable: "--port" });
  }
}

try {
  const args = Bun.argv.slice(2);
  if (args.includes("--help")) console.info(`Usage: ${USAGE}`);
  else await start(readOptions(args));
} catch (error) {
  exitWith(error);
}
