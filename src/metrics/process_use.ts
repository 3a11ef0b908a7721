import { cpuUsage, memoryUsage } from "node:process";

/** What this process takes of its machine. */
export interface ProcessUse {
  cpuSeconds: number;
  residentBytes: number;
  /** In milliseconds since 1970. */
  startedAt: number;
}

/** Reads what this process takes now. */
export function readProcessUse(): ProcessUse {
  const { user, system } = cpuUsage();
  return {
    cpuSeconds: (user + system) / 1_000_000,
    residentBytes: memoryUsage.rss(),
    startedAt: performance.timeOrigin,
  };
}
