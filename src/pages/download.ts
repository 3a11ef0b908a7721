import type { AuditContext } from "../../db/contract/audit.ts";
import type { Store } from "../../db/contract/store.ts";
import { NO_STORE } from "../http/headers.ts";
import type { Log } from "../log.ts";

/** A file that is written while it is read. */
export interface Download {
  /** What it holds, for the log. */
  what: string;
  type: string;
  /** The value of `Content-Disposition`. */
  disposition: string;
  parts: AsyncGenerator<string>;
}

interface DownloadContext {
  store: Store;
  log: Log;
  audit: AuditContext;
}

/**
 * Sends a file as fast as the browser reads it. Before each part, the right to it is asked for again. A download whose
 * person has lost it breaks off, so that the browser knows that the file is not whole.
 */
export function sendDownload(
  { what, type, disposition, parts }: Download,
  { store, log, audit }: DownloadContext,
): Response {
  const encoder = new TextEncoder();
  const actor = audit.actorId;
  log("info", "exported", { actor, what });
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        // SQLite answers at once, so without this, every request would wait for the end of the file.
        await new Promise((resolve) => setImmediate(resolve));
        const refusal = await findRefusal(store, audit);
        if (refusal) {
          log("warn", "export_stopped", { actor, what, cause: refusal.message });
          throw refusal;
        }
        const { done, value } = await parts.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      },
      cancel: async () => void (await parts.return(undefined)),
    },
    // Nothing is read before the browser asks for it.
    { highWaterMark: 0 },
  );
  const headers = { ...NO_STORE, "content-type": type, "content-disposition": disposition };
  return new Response(body, { headers });
}

/** Why the actor has no right to the rest, or `null`. */
async function findRefusal(store: Store, { authority }: AuditContext): Promise<Error | null> {
  return authority ? authority.refusalOf(await store.findSessionById(authority.sessionId)) : null;
}
