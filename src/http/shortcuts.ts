import { pathOf } from "../paths.ts";
import { REQUEST_ID, type RequestId } from "./request_id.ts";
import { isShortUrl } from "./url_length.ts";

/** Answers a request as its route would, but for the request's id. `null` leaves it to the route. */
export type Shortcut = (request: Request) => Response | Promise<Response | null> | null;

type Answer = Response | Promise<Response>;

export interface ShortcutOptions {
  /** By their paths. */
  shortcuts: ReadonlyMap<string, Shortcut>;
  requestId: RequestId;
  /** What a shortcut has thrown. The route throws it again: there is one way from an error to its answer. */
  failures: WeakMap<Request, unknown>;
}

/** Answers what is asked most without hooks and routes, which cost more than the answer itself; `handle` does the rest. */
export function takeShortcuts(
  handle: (request: Request) => Answer,
  { shortcuts, requestId, failures }: ShortcutOptions,
): (request: Request) => Answer {
  function finish(request: Request, response: Response | null): Answer {
    if (response === null) return handle(request);
    response.headers.set(REQUEST_ID, requestId(request));
    return response;
  }

  function fail(request: Request, error: unknown): Answer {
    failures.set(request, error);
    return handle(request);
  }

  return (request) => {
    if (request.method !== "GET" || !isShortUrl(request)) return handle(request);
    try {
      const response = shortcuts.get(pathOf(request))?.(request) ?? null;
      if (!(response instanceof Promise)) return finish(request, response);
      return response.then(
        (response) => finish(request, response),
        (error: unknown) => fail(request, error),
      );
    } catch (error) {
      return fail(request, error);
    }
  };
}
