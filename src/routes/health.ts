import { Elysia } from "elysia";

import type { Store } from "../../db/store.ts";
import { PATHS } from "../paths.ts";

/** Whether the process serves and the database answers. */
export function healthRoutes({ store }: { store: Store }) {
  return new Elysia().get(PATHS.health, async ({ set }) => {
    set.headers["cache-control"] = "no-store";
    await store.ping();
    return { status: "ok" };
  });
}
