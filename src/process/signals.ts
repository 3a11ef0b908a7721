import type { Log } from "../log.ts";
import type { RunningServer } from "../server.ts";

/** What a signal does to the process. */
export interface SignalContext {
  server: RunningServer;
  log: Log;
  /** Writes out what is still to be logged. */
  flush: () => Promise<void>;
  exit: (code: number) => void;
}

/** Returns what to do on SIGTERM and SIGINT: the first one shuts down in order, a second one ends at once. */
export function createSignalHandler({ server, log, flush, exit }: SignalContext) {
  let isStopping = false;

  return async (signal: string): Promise<void> => {
    if (isStopping) {
      log("warn", "stopped", { signal, cut_off: server.pendingRequests() });
      return exit(1);
    }
    isStopping = true;
    log("info", "stopping", { signal });
    const cutOff = await server.stop();
    log(cutOff === 0 ? "info" : "warn", "stopped", { cut_off: cutOff });
    await flush();
    exit(0);
  };
}
