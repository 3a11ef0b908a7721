import { readFileSync } from "node:fs";

import { Glob } from "bun";

import type { Step } from "./acts/steps.ts";

/** Steps that found something once. */
export interface Find {
  /** What they found, in a sentence. */
  what: string;
  seed: number;
  steps: Step[];
}

/** The files with what was found. */
export const FIND_PATHS: readonly string[] = [
  ...new Glob("found/*.json").scanSync({ cwd: import.meta.dir, absolute: true }),
].toSorted();

export function readFind(path: string): Find {
  return JSON.parse(readFileSync(path, "utf8"));
}
