import { openConnection } from "./load_client.ts";
import type { LoadServer } from "./load_server.ts";
import { signInRequest } from "./requests.ts";

const EVERY_MS = 50;

/** Signs members in, but for the first two, again and again until it is stopped; rejects unless all succeed. */
export function startLightSignIns({ port, signIn, members }: LoadServer) {
  const times: number[] = [];
  let isStopped = false;
  const going = (async () => {
    const connection = await openConnection(port);
    for (let number = 0; !isStopped; number += 1) {
      const member = members[2 + (number % (members.length - 2))] as (typeof members)[number];
      const request = await signInRequest(signIn, member);
      const begun = performance.now();
      const { status } = await connection.ask(request);
      if (status !== 200) throw new Error(`A sign-in was answered ${status}`);
      times.push(performance.now() - begun);
      await Bun.sleep(EVERY_MS);
    }
    connection.close();
  })();
  return {
    async stop(): Promise<Float64Array> {
      isStopped = true;
      await going;
      return new Float64Array(times).toSorted();
    },
  };
}
