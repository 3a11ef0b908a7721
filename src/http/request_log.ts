import type { Log } from "../log.ts";
import type { Client } from "./client_address.ts";
import type { RequestId } from "./request_id.ts";

interface RequestLogOptions {
  log: Log;
  requestId: RequestId;
  clientOf: (request: Request) => Client;
}

/** Creates the logs of requests: each line has the id of its request and the address of the client. */
export function createRequestLog({ log, requestId, clientOf }: RequestLogOptions) {
  return (request: Request): Log =>
    (level, event, fields) =>
      log(level, event, {
        request: requestId(request),
        ...fields,
        address: clientOf(request).exact ?? undefined,
      });
}
