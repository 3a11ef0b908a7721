import type { AnyElysia } from "elysia";

import type { Log } from "../log.ts";
import { pathOf } from "../paths.ts";
import { REQUEST_ID } from "./request_id.ts";
import { createRoutePatterns } from "./route_pattern.ts";
import type { Handle } from "./shortcuts.ts";

/** An answer as figures and the log need it: nothing of it is a client's own text. */
export interface Answered {
  method: string;
  /** The pattern of the route, such as `/spa/:name`, or `unknown`. */
  route: string;
  status: number;
  /** Until the answer begins: a stream or a download ends later. */
  ms: number;
  response: Response;
}

/** The methods by name; everybody can invent others. */
const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"]);

/** Creates what tells each answer to the observers. Without any, it is the function itself that answers. */
export function createObserver({
  routes,
  observers,
}: {
  routes: AnyElysia["routes"];
  observers: ((answered: Answered) => void)[];
}): (answer: Handle) => Handle {
  if (observers.length === 0) return (answer) => answer;
  const patternOf = createRoutePatterns(routes);

  function tell(request: Request, response: Response, begun: number): Response {
    const method = METHODS.has(request.method) ? request.method : "other";
    const ms = performance.now() - begun;
    const route = patternOf(pathOf(request));
    for (const observe of observers)
      observe({ method, route, status: response.status, ms, response });
    return response;
  }

  return (answer) => (request) => {
    const begun = performance.now();
    const response = answer(request);
    return response instanceof Promise
      ? response.then((response) => tell(request, response, begun))
      : tell(request, response, begun);
  };
}

/** Writes a line for each answer, at `debug`. It has no path and no query: both may hold secrets. */
export function logAnswers(log: Log): (answered: Answered) => void {
  return ({ method, route, status, ms, response }) => {
    const request = response.headers.get(REQUEST_ID);
    log("debug", "answered", { request, method, route, status, ms: Math.round(ms * 1000) / 1000 });
  };
}
