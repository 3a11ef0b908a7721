import { isRegistered } from "./flow_request.ts";

/** A page that may read answers for the browser's accounts, and the headers that allow it to. */
export interface AllowedPage {
  origin: string;
  cors: { "Access-Control-Allow-Origin": string; "Access-Control-Allow-Credentials": string };
}

/** The page that asks, if its origin is registered: that one exactly, and no other, may read the answer. */
export function corsFor(request: Request): AllowedPage | null {
  const origin = request.headers.get("Origin") ?? "";
  if (!isRegistered(origin)) return null;
  return {
    origin,
    cors: {
      "Access-Control-Allow-Origin": origin,
      "Access-Control-Allow-Credentials": "true",
    },
  };
}
