import { describe, expect, test } from "bun:test";

import { isRunnable, PROXIES } from "../examples/start_proxy.ts";
import { describeReport, restartUnderLoad } from "./restart.ts";

/** Whether a proxy waits while Foyer restarts. */
const WAITS = { nginx: false, caddy: true, haproxy: true };

// `bun run test:restart` restarts the binary 20 times behind each.
describe("restarts under load", () => {
  for (const kind of PROXIES) {
    const { name } = kind;
    const rest = WAITS[name] ? "lose no GET" : "are answered with the proxy's own 502";
    test.skipIf(!isRunnable(kind))(
      `behind ${name} ${rest}`,
      async () => {
        const report = await restartUnderLoad(kind, { restarts: 3 });
        console.info(describeReport(name, report));
        expect([...report.exitCodes]).toEqual([0]);
        expect(report.cutOff).toBe(0);
        if (WAITS[name]) expect(report.lostGets).toBe(0);
        // Each client of HAProxy would, if connections were closed with requests unread.
        expect(report.sentAgain).toBeLessThanOrEqual(3);
        for (const what of Object.keys(report.instead)) {
          expect(what).toMatch(/^(GET|POST) 502 of the proxy$/);
        }
      },
      60_000,
    );
  }
});
