import { afterAll, beforeAll, describe, expect, test } from "bun:test";

import { createFoyer, type Foyer } from "../fixture.ts";
import { freePort } from "../foyer_process.ts";

const CHUNK = "x".repeat(65_536);
const CHUNKS = 160;

/** A body without a length that counts how many bytes were read. */
function createEndlessBody() {
  let taken = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (taken >= CHUNKS) return controller.close();
      taken += 1;
      controller.enqueue(new TextEncoder().encode(CHUNK));
    },
  });
  return { body, taken: () => taken };
}

describe("a body of any size", () => {
  let foyer: Foyer;

  beforeAll(async () => {
    foyer = await createFoyer({ PORT: String(freePort()) });
  });

  afterAll(() => foyer.store.close());

  test("is not read by routes without a form, and by no route beyond 64 KiB", async () => {
    const routes = foyer.app.routes.filter(({ method }) => !["GET", "HEAD"].includes(method));
    expect(routes.length).toBeGreaterThan(10);
    for (const { method, path } of routes) {
      for (const type of ["application/json", "application/x-www-form-urlencoded", "text/plain"]) {
        const { body, taken } = createEndlessBody();
        const request = new Request(`http://localhost${path.replace(":id", "x")}`, {
          method,
          body,
          headers: { "content-type": type, "sec-fetch-site": "same-origin" },
        });
        const { status } = await foyer.app.handle(request);
        expect({
          route: `${method} ${path}`,
          type,
          isMuch: taken() > 5,
          status: status < 500,
        }).toEqual({
          route: `${method} ${path}`,
          type,
          isMuch: false,
          status: true,
        });
      }
    }
  });
});
