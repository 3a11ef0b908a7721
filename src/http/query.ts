import { RefusedRequest } from "../errors.ts";
import { storedText } from "../stored_text.ts";

/** The query parameter `name`, or "", as a database can store it. Throws `bad_parameter` if it is longer than `longest` or comes twice. */
export function readQuery(query: URLSearchParams, name: string, longest: number): string {
  const [text = "", ...more] = query.getAll(name);
  if (more.length === 0 && text.length <= longest) return storedText(text);
  const rule = `The parameter "${name}" must come once, with at most ${longest} characters`;
  throw new RefusedRequest("bad_parameter", { cause: new Error(rule), facts: { parameter: name } });
}

/** The query parameter `name` as a number in decimal digits, or `fallback` if it is missing. Throws `bad_parameter`. */
export function readNumber(
  query: URLSearchParams,
  name: string,
  { least, most, fallback }: { least: number; most: number; fallback: number },
): number {
  const [text, ...more] = query.getAll(name);
  if (text === undefined) return fallback;
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (more.length === 0 && value >= least && value <= most) return value;
  const rule = `The parameter "${name}" must be a whole number from ${least} to ${most}`;
  throw new RefusedRequest("bad_parameter", { cause: new Error(rule), facts: { parameter: name } });
}
