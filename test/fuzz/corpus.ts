import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { type Target, tryCase } from "./target.ts";

const FOLDER = join(import.meta.dir, "corpus");

/** What was once a find, or nearly: cases that are tried before all others. */
interface Entry {
  /** What went wrong. */
  what: string;
  target: string;
  cases: unknown[];
}

const entries = new Map(
  readdirSync(FOLDER)
    .toSorted()
    .map((file): [string, Entry] => [file, JSON.parse(readFileSync(join(FOLDER, file), "utf8"))]),
);

/** The names of all files. */
export const CORPUS = [...entries.keys()];

/** Tries the corpus of a target, or one file of it. Answers how many cases there were, and each that fails. */
export async function tryCorpus(
  target: Target,
  only?: string,
): Promise<{ cases: number; wrong: string[] }> {
  const wrong: string[] = [];
  let count = 0;
  for (const [file, { target: name, cases }] of entries) {
    if (name !== target.name || (only && only !== file)) continue;
    for (const one of cases) {
      count += 1;
      const tried = await tryCase(target, one);
      if (tried.wrong) {
        const replay = `bun run fuzz --file ${file}`;
        wrong.push(`${file}: ${tried.wrong}\n  ${JSON.stringify(one)}\n  ${replay}`);
      }
    }
  }
  return { cases: count, wrong };
}

/** The target of a file. Throws if there is no such file. */
export function targetOf(file: string): string {
  const entry = entries.get(file);
  if (!entry) throw new Error(`The corpus has no ${file}; it has ${CORPUS.join(", ")}`);
  return entry.target;
}
