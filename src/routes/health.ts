import { Elysia } from "elysia";

import { isDatabaseError } from "../errors.ts";
import { noStore } from "../http/headers.ts";
import { PATHS } from "../paths.ts";
import type { AppContext } from "../session/app_context.ts";

type HealthContext = Pick<AppContext, "store" | "googleKeys" | "isStopping" | "now">;

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

/** The age of the last backup is a figure to watch, and no reason to send nobody here. */
async function readParts({ store, googleKeys, isStopping, now }: HealthContext) {
  // Whoever waits for the first keys asks here, and sends nobody who would have them fetched.
  void googleKeys.refreshIfDue();
  const found = await readDatabase(store);
  const backupAt = found?.backupAt ?? null;
  return {
    database: found !== null,
    keys: googleKeys.ageMs() !== null,
    stopping: isStopping(),
    last_backup_age_seconds: backupAt === null ? null : Math.round((now() - backupAt) / 1000),
  };
}

/** When the last good backup was made; `null` if the database does not answer. */
async function readDatabase(store: HealthContext["store"]) {
  try {
    await store.ping();
    return { backupAt: await store.findLastBackup() };
  } catch (error) {
    if (!isDatabaseError(error)) throw error;
    return null;
  }
}
