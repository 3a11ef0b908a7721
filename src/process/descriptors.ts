import { readdirSync, readFileSync, statSync } from "node:fs";

import type { Log } from "../log.ts";
import type { Every } from "../machine.ts";

/** How many file descriptors a process has open, and how many it may have. */
export interface DescriptorUse {
  open: number;
  limit: number;
}

const OWN = "/proc/self";
const CHECK_EVERY_MS = 2000;

/** From this part of the limit on they are short: what is left is for requests, the database and Google. */
const SHORT_AT = 0.9;

/** Creates a reader of the use of this process; it reads `null` where the system does not say it. */
export function createDescriptorReader(): () => DescriptorUse | null {
  let limit = readLimit();
  return () => {
    try {
      limit = readLimit() ?? limit;
      if (limit === null) return null;
      // Linux 6.2 and later tell their number as the size of the folder. Older ones must list them.
      return { open: statSync(`${OWN}/fd`).size || readdirSync(`${OWN}/fd`).length, limit };
    } catch {
      // To list them takes one. It is missing when all are in use.
      return limit === null ? null : { open: limit, limit };
    }
  };
}

/** How many descriptors this process may have; `null` if that cannot be read, as when none is left to read it with. */
function readLimit(): number | null {
  try {
    const limit = /^Max open files +(\d+)/m.exec(readFileSync(`${OWN}/limits`, "utf8"))?.[1];
    return limit === undefined ? null : Number(limit);
  } catch {
    return null;
  }
}

export interface DescriptorWatchOptions {
  read: () => DescriptorUse | null;
  every: Every;
  log: Log;
}

/** Looks every two seconds whether file descriptors are short, and logs when that changes. */
export function watchDescriptors({ read, every, log }: DescriptorWatchOptions) {
  let areShort = false;
  const stop = every(CHECK_EVERY_MS, () => {
    const use = read();
    if (!use) return;
    const { open, limit } = use;
    const wereShort = areShort;
    areShort = open >= SHORT_AT * limit;
    if (areShort && !wereShort) log("warn", "descriptors_short", { open, limit });
    if (!areShort && wereShort) log("info", "descriptors_enough", { open, limit });
  });
  return { areShort: () => areShort, stop };
}
