/** The part of Elysia's `set` that carries headers. */
export interface HeaderSet {
  headers: Record<string, string | number | string[] | undefined>;
}

/** The headers of an answer that depends on who is signed in: no cache may keep it. */
export const NO_STORE = { "cache-control": "no-store", vary: "Cookie" } as const;

/** Keeps an answer that depends on who is signed in out of every cache. */
export function noStore(set: HeaderSet): void {
  Object.assign(set.headers, NO_STORE);
}
