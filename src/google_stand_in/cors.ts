import type { Registration } from "./registration.ts";

/** A page that may read the response, and the CORS headers that allow it. */
export interface AllowedPage {
  origin: string;
  cors: { "Access-Control-Allow-Origin": string; "Access-Control-Allow-Credentials": string };
}

/** The page that sent `request`, or `null` if its origin is not registered. */
export function corsFor(request: Request, { allowsOrigin }: Registration): AllowedPage | null {
  const origin = request.headers.get("Origin") ?? "";
  if (!allowsOrigin(origin)) return null;
  return {
    origin,
    cors: {
      "Access-Control-Allow-Origin": origin,
      "Access-Control-Allow-Credentials": "true",
    },
  };
}
