import type { AnyElysia } from "elysia";

/** The route of every path that has none. */
export const UNKNOWN_ROUTE = "unknown";

/** Creates the function that finds the pattern of a path's route, whatever the method: one of few, or `unknown`. */
export function createRoutePatterns(routes: AnyElysia["routes"]): (path: string) => string {
  const patterns = new Set(routes.map(({ path }) => path));
  const open = [...patterns].filter((pattern) => pattern.includes(":"));
  const byLength = Map.groupBy(
    open.map((pattern) => ({ pattern, parts: pattern.split("/") })),
    ({ parts }) => parts.length,
  );

  return (path) => {
    if (patterns.has(path) && !path.includes(":")) return path;
    const given = path.split("/", MOST_PARTS);
    const found = byLength.get(given.length)?.find(({ parts }) => matches(parts, given));
    return found?.pattern ?? UNKNOWN_ROUTE;
  };
}

/** More than any route has, so that a path of slashes costs nothing. */
const MOST_PARTS = 20;

/** Whether a path is one of this pattern, both in their parts. */
export function matches(pattern: string[], given: string[]): boolean {
  return (
    pattern.length === given.length &&
    pattern.every((part, index) => (part.startsWith(":") ? given[index] : part === given[index]))
  );
}
