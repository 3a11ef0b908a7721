import { watch } from "node:fs";

import { openSqlite } from "../db/sqlite.ts";
import { createAssets } from "./assets.ts";
import { buildAssets } from "./build_assets.ts";
import { readConfig } from "./config.ts";
import { exitWith } from "./exit.ts";
import { startGoogleStandIn } from "./google_stand_in/server.ts";
import type { Log } from "./log.ts";
import { type RunningServer, startServer } from "./server.ts";

// The stand-in lives on another site than the application, as Google does.
const standInPort = Number(process.env.PORT || 3000) + 1;
const standIn = `http://127.0.0.1:${standInPort}`;

const log: Log = (level, event, fields) => console.info(`${level} ${event}`, fields ?? "");

function start(): RunningServer {
  const config = readConfig({
    ...process.env,
    GOOGLE_OAUTH2_CLIENT_ID:
      process.env.GOOGLE_OAUTH2_CLIENT_ID || "foyer-development.apps.googleusercontent.com",
    GOOGLE_ACCOUNTS_URL: standIn,
    GOOGLE_JWKS_URL: `${standIn}/oauth2/v3/certs`,
  });
  const store = openSqlite(config.databasePath);
  return startServer({ config, store, assets: createAssets(buildAssets()), log });
}

try {
  let server = start();
  await startGoogleStandIn({ port: standInPort });
  const origin = process.env.ORIGIN || `http://localhost:${standInPort - 1}`;
  console.info(`
  Foyer is at ${origin}: open it, click “Sign in with Google”, choose somebody.
  No Google project is needed: a stand-in for Google is at ${standIn}.
  Changes to the code show on reload. Stop with Ctrl+C.
`);

  // `bun --watch` starts this file anew when a module changes; what browsers load is bundled apart.
  watch(`${import.meta.dir}/../views`, { recursive: true }, async (_event, file) => {
    if (!file?.endsWith(".css") && !file?.startsWith("browser")) return;
    await server.stop();
    server = start();
  });
} catch (error) {
  exitWith(error);
}
