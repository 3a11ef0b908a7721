import { type Environment, readConfig } from "../config.ts";

/** What only a command reads. */
const COMMANDS_ONLY = ["GOOGLE_RISC_URL"];

/** Variables of others whose names look like ours: of Bun, Google's own libraries, and X11. */
const FOREIGN = /^(?:BUN_|NODE_|GOOGLE_CLOUD_|GOOGLE_APPLICATION_CREDENTIALS$|SESSION_MANAGER$)/;

/** A variable that looks like one of Foyer's, but is none. */
export interface UnknownVariable {
  name: string;
  /** What it is probably meant to be, or `null`. */
  suggestion: string | null;
}

/** The names of all variables that Foyer reads: the configuration is asked for them. */
export function variableNames(): string[] {
  const names = new Set(COMMANDS_ONLY);
  const note = (_: Environment, name: string | symbol) => {
    if (typeof name === "string") names.add(name);
    return undefined;
  };
  try {
    readConfig(new Proxy({}, { get: note }));
  } catch {
    // A required one is missing.
  }
  return [...names];
}

/** The variables that are set and look like misspelt ones of Foyer's. Others have nothing to do with it. */
export function findUnknownVariables(env: Environment): UnknownVariable[] {
  const known = variableNames();
  const families = new Set(known.filter((name) => name.includes("_")).map(familyOf));
  const isSet = (name: string) => Boolean(env[name]);
  return Object.keys(env)
    .filter((name) => isSet(name) && /^\w{2,64}$/.test(name))
    .filter((name) => !known.includes(name) && !FOREIGN.test(name))
    .flatMap((name) => {
      const upper = name.toUpperCase();
      const similar = known.find((one) => isSimilar(upper, one));
      if (!similar && !families.has(familyOf(upper))) return [];
      const meant = similar ?? findRelated(upper, known);
      // What is set already is not what was meant.
      return [{ name, suggestion: meant && !isSet(meant) ? meant : null }];
    });
}

/** Says in a sentence what is wrong with a variable. */
export function describeUnknown({ name, suggestion }: UnknownVariable): string {
  const question = suggestion ? `: did you mean ${suggestion}?` : "";
  return `Foyer has no variable ${name}${question}`;
}

/** What a name begins with, up to its first underscore. */
function familyOf(name: string): string {
  return name.slice(0, name.indexOf("_") + 1);
}

/** The name that shares most words with `name`, more than the first one; `null` if there is none. */
function findRelated(name: string, known: string[]): string | null {
  const words = new Set(stemsOf(name));
  let most = 1;
  let related: string | null = null;
  for (const one of known) {
    const shared = stemsOf(one).filter((stem) => words.has(stem)).length;
    if (familyOf(one) !== familyOf(name) || shared <= most) continue;
    most = shared;
    related = one;
  }
  return related;
}

/** The beginnings of a name's words: PROXY and PROXIES have the same. */
function stemsOf(name: string): string[] {
  return name.split("_").map((word) => word.slice(0, 4));
}

/** Names with more edits between them are not similar. */
const MOST_EDITS = 2;

/** Whether two edits at most make one name of the other; one edit for short names, as HOME is no HOST. */
function isSimilar(name: string, other: string): boolean {
  return countEdits(name, other) <= (Math.min(name.length, other.length) < 6 ? 1 : MOST_EDITS);
}

/**
 * How many letters to change, add, remove or exchange with their neighbor; infinity for more than two. A start counts
 * a thousand times, so it stops where no row can come to two again.
 */
function countEdits(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > MOST_EDITS) return Number.POSITIVE_INFINITY;
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row++) {
    const current = [row];
    for (let column = 1; column <= other.length; column++) {
      const isSame = one[row - 1] === other[column - 1];
      const isSwapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      current[column] = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
        isSwapped ? (before[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    if (current.every((edits) => edits > MOST_EDITS)) return Number.POSITIVE_INFINITY;
    before = last;
    last = current;
  }
  return last[other.length] ?? 0;
}
