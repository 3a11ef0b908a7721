import { pathOf } from "../paths.ts";
import { REQUEST_ID, type RequestId } from "./request_id.ts";
import { isShortUrl } from "./url_length.ts";

type Answer = Response | Promise<Response>;

/** Answers requests. */
export type Handle = (request: Request) => Answer;

/** Answers a `GET` as its route would, but for the request's id. `null` leaves it to the route. */
export type Shortcut = (request: Request) => Response | Promise<Response | null> | null;

/** Answers a `GET`, with `byRoute` where the shortcut leaves it. */
export type TakeShortcut = (request: Request, byRoute: Handle) => Answer;

/** A request whose shortcut was taken. */
interface Taken {
  request: Request;
  byRoute: Handle;
}

export interface ShortcutOptions {
  requestId: RequestId;
  /** What a shortcut has thrown. The route throws it again: there is one way from an error to its answer. */
  failures: WeakMap<Request, unknown>;
}

/** What is asked most, by its path: without hooks and routes, which cost more than the answer itself. */
export function createShortcuts(
  shortcuts: Iterable<[path: string, Shortcut]>,
  { requestId, failures }: ShortcutOptions,
): ReadonlyMap<string, TakeShortcut> {
  return new Map(Array.from(shortcuts, ([path, shortcut]) => [path, take(shortcut)]));

  function take(shortcut: Shortcut): TakeShortcut {
    return (request, byRoute) => {
      if (!isShortUrl(request)) return byRoute(request);
      try {
        const response = shortcut(request);
        if (!(response instanceof Promise)) return finish(response, { request, byRoute });
        return response.then(
          (response) => finish(response, { request, byRoute }),
          (error: unknown) => fail(error, { request, byRoute }),
        );
      } catch (error) {
        return fail(error, { request, byRoute });
      }
    };
  }

  function finish(response: Response | null, { request, byRoute }: Taken): Answer {
    if (response === null) return byRoute(request);
    response.headers.set(REQUEST_ID, requestId(request));
    return response;
  }

  function fail(error: unknown, { request, byRoute }: Taken): Answer {
    failures.set(request, error);
    return byRoute(request);
  }
}

/** Answers by shortcuts what they answer, and the rest by its route. */
export function handleBoth(
  shortcuts: ReadonlyMap<string, TakeShortcut>,
  handleByRoute: Handle,
): Handle {
  return (request) => {
    const take = request.method === "GET" ? shortcuts.get(pathOf(request)) : undefined;
    return take ? take(request, handleByRoute) : handleByRoute(request);
  };
}
