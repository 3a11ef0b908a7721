import { Elysia } from "elysia";

import { isDatabaseError } from "../errors.ts";
import { noStore } from "../http/headers.ts";
import { PATHS } from "../paths.ts";
import type { AppContext } from "../session/app_context.ts";

type HealthContext = Pick<AppContext, "store" | "googleKeys" | "isStopping">;

/** Whether the process lives, for whoever restarts it; and whether it is ready, for whoever sends it requests. */
export function healthRoutes(app: HealthContext) {
  return new Elysia()
    .get(PATHS.health, async ({ set }) => {
      noStore(set);
      await app.store.ping();
      return { status: "ok" };
    })
    .get(PATHS.ready, async ({ set }) => {
      noStore(set);
      const parts = await readParts(app);
      const isReady = parts.database && parts.keys && !parts.stopping;
      if (!isReady) set.status = 503;
      return { status: isReady ? "ready" : "not ready", ...parts };
    });
}

async function readParts({ store, googleKeys, isStopping }: HealthContext) {
  // Whoever waits for the first keys asks here, and sends nobody who would have them fetched.
  void googleKeys.refreshIfDue();
  const database = await store.ping().then(() => true, refuseUnlessDatabase);
  return { database, keys: googleKeys.ageMs() !== null, stopping: isStopping() };
}

function refuseUnlessDatabase(error: unknown): false {
  if (!isDatabaseError(error)) throw error;
  return false;
}
