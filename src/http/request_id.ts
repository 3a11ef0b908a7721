import { Elysia } from "elysia";

/** The id of a request: the same on its answer and in every line of the log about it. */
export type RequestId = (request: Request) => string;

/** Creates the ids, one for each request. What a client sends as an id is not read. */
export function createRequestIds(random: { id(): string }): RequestId {
  const ids = new WeakMap<Request, string>();
  return (request) => {
    const known = ids.get(request);
    if (known !== undefined) return known;
    const id = random.id();
    ids.set(request, id);
    return id;
  };
}

/** The header of each answer with the id of its request. */
export const REQUEST_ID = "x-request-id";

/** Says the id of each request on its answer. */
export function sayRequestId(requestId: RequestId) {
  return new Elysia({ name: "request_id" }).onRequest(({ request, set }) => {
    set.headers[REQUEST_ID] = requestId(request);
  });
}
