import { Elysia } from "elysia";

import type { Store } from "../../db/contract/store.ts";
import { noStore } from "../http/headers.ts";
import { PATHS } from "../paths.ts";

/** Health check: 200 if the process serves and the database works. */
export function healthRoutes({ store }: { store: Store }) {
  return new Elysia().get(PATHS.health, async ({ set }) => {
    noStore(set);
    await store.ping();
    return { status: "ok" };
  });
}
