import { afterAll, beforeAll, describe, expect, test } from "bun:test";

import { openEventStream } from "./event_stream.ts";
import { ADA, createFoyer, type Foyer } from "./fixture.ts";
import { freePort } from "./foyer_process.ts";

const CONNECTS = 1000;
/** As many as a session may have. */
const AT_ONCE = 8;

describe("event streams over real connections", () => {
  let foyer: Foyer;
  let server: ReturnType<typeof Bun.serve>;
  let origin: string;

  beforeAll(async () => {
    const port = freePort();
    foyer = await createFoyer({ PORT: String(port) });
    origin = foyer.deps.config.origin;
    server = Bun.serve({ port, hostname: "localhost", idleTimeout: 30, fetch: foyer.app.handle });
  });

  afterAll(() => server.stop(true));

  const listeners = () => foyer.deps.loginEvents.listenerCount;

  async function waitForListeners(wanted: number): Promise<void> {
    const deadline = Date.now() + 10_000;
    while (listeners() !== wanted && Date.now() < deadline) await Bun.sleep(5);
    expect(listeners()).toBe(wanted);
  }

  test(`${CONNECTS} connects and aborts leave no listener behind`, async () => {
    const visitor = foyer.visitor();
    await visitor.signIn(ADA);
    for (let opened = 0; opened < CONNECTS; opened += AT_ONCE) {
      const streams = await Promise.all(
        Array.from({ length: AT_ONCE }, () => openEventStream(origin, visitor)),
      );
      expect(listeners()).toBe(AT_ONCE);
      for (const stream of streams) stream.abort();
    }
    await waitForListeners(0);
  }, 30_000);

  test("a sign-out ends every stream of its session, and no other", async () => {
    const [ada, phone] = [foyer.visitor(), foyer.visitor()];
    await ada.signIn(ADA);
    await phone.signIn(ADA);
    for (let index = 0; index < 5; index += 1) await openEventStream(origin, ada);
    const kept = await openEventStream(origin, phone);
    await waitForListeners(6);
    await ada.post("/auth/logout");
    await waitForListeners(1);
    kept.abort();
    await waitForListeners(0);
  });
});
