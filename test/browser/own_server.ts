import { createAssets } from "../../src/assets.ts";
import { buildAssets } from "../../src/build_assets.ts";
import { type Environment, readConfig } from "../../src/config.ts";
import { type GoogleStandIn, startGoogleStandIn } from "../../src/google_stand_in/server.ts";
import { PAGES } from "../../src/pages/pages.ts";
import {
  type Clock,
  createClock,
  createFoyer,
  type Foyer,
  type FoyerOverrides,
} from "../fixture.ts";
import { freePort } from "../foyer_process.ts";

/** The application over real HTTP, but in this process: its clock, store and listeners are at hand. */
export interface OwnServer {
  origin: string;
  /** Where it listens, which differs from its origin behind a proxy. */
  upstream: string;
  foyer: Foyer;
  google: GoogleStandIn;
  /** One clock moves the server and its Google. */
  clock: Clock;
  stop(): Promise<void>;
}

const BUILT = buildAssets();

/** Starts the application and a stand-in of its own under `env`, with its own pages and clock unless a test brings others. */
export async function startOwnServer(
  env: Environment = {},
  { clock = createClock(), ...overrides }: FoyerOverrides = {},
): Promise<OwnServer> {
  const port = freePort();
  const google = await startGoogleStandIn({ port: 0, now: () => clock.now });
  const assets = createAssets(BUILT, readConfig({ GOOGLE_OAUTH2_CLIENT_ID: "x", ...env }).brand);
  const own = { pages: PAGES, ...overrides, assets, google, clock };
  const foyer = await createFoyer({ PORT: String(port), ...env }, own);
  const server = Bun.serve({
    port,
    hostname: "localhost",
    idleTimeout: 30,
    fetch: foyer.app.handle,
  });
  return {
    origin: foyer.deps.config.origin,
    upstream: `http://localhost:${port}`,
    foyer,
    google,
    clock,
    async stop() {
      foyer.deps.loginEvents.close();
      await server.stop(true);
      await google.stop();
    },
  };
}
