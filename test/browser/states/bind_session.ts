import { MORNING } from "./scene.ts";
import type { Place } from "./state.ts";

const AGE_MS = 600_000;
const KEY = { kty: "EC", crv: "P-256", x: "x", y: "y" };

/** Binds the sessions of whoever is signed in as `email` to a device, at the time `boundAt`. */
export function bindSessions(email: string, boundAt = MORNING) {
  return async ({ server }: Place): Promise<void> => {
    const { store } = server.foyer;
    const [person] = await store.findPeopleByEmail(email);
    const userId = person?.id ?? "";
    const audit = { now: boundAt, actorId: userId, network: "", userAgent: "" };
    const sessions = await store.listSessions({ userId, now: MORNING });
    // A state is drawn several times.
    for (const { id: sessionId } of sessions.filter(({ boundAt: known }) => known === null)) {
      const token = { hash: `bound ${sessionId}`, expiresAt: boundAt + AGE_MS };
      await store.bindSession({ sessionId, userId, key: KEY, ...token }, audit);
    }
  };
}
