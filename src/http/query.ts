import { RefusedRequest } from "../errors.ts";

/** The one text under `name` in an address, or "". Throws `bad_parameter` if it is too long or comes twice. */
export function readQuery(query: URLSearchParams, name: string, longest: number): string {
  const [text = "", ...more] = query.getAll(name);
  if (more.length === 0 && text.length <= longest) return text;
  throw new RefusedRequest("bad_parameter", {
    detail: `The parameter "${name}" must come once, with at most ${longest} characters.`,
  });
}
