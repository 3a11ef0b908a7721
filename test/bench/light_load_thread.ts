import type { LightLoadMessage, LightLoadOptions } from "./light_load.ts";
import { openConnection } from "./load_client.ts";

// The thread of test/bench/light_load.ts.

declare const self: Worker;

let times: number[] = [];

self.onmessage = ({ data }: MessageEvent<LightLoadMessage>) => {
  self.postMessage(new Float64Array(times).toSorted());
  times = [];
  if (data !== "take") void ask(data);
};

async function ask({ port, request, everyMs }: Required<LightLoadOptions>): Promise<void> {
  const connection = await openConnection(port);
  for (;;) {
    const begun = performance.now();
    const { status } = await connection.ask(request);
    const waited = performance.now() - begun;
    if (status !== 200) throw new Error(`The answer was ${status}`);
    times.push(waited);
    await Bun.sleep(Math.max(0, everyMs - waited));
  }
}
