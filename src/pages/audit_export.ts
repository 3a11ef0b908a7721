import type { AuditEvent, AuditFilter } from "../../db/contract/audit.ts";
import type { Store } from "../../db/contract/store.ts";
import { RefusedRequest } from "../errors.ts";
import { requireRecordableExport } from "../http/cross_origin.ts";
import { NO_STORE } from "../http/headers.ts";
import { readQuery } from "../http/query.ts";
import { readFilter } from "./audit_filter.ts";
import type { MemberContext, RouteContext } from "./page.ts";

const BATCH = 500;

const FORMATS = {
  jsonl: {
    type: "application/jsonl; charset=utf-8",
    head: "",
    row: (event: AuditEvent) => `${JSON.stringify(event)}\n`,
  },
  csv: {
    type: "text/csv; charset=utf-8",
    head: "seq,at,kind,actor_id,subject_id,name,email,method,network,user_agent,count\r\n",
    row: ({ seq, at, kind, actorId, subjectId, details }: AuditEvent) => {
      const { name, email, method, network, userAgent, count } = details ?? {};
      const time = new Date(at).toISOString();
      const known = [name, email, method, network, userAgent, count];
      return `${[seq, time, kind, actorId, subjectId, ...known].map(quoteCell).join(",")}\r\n`;
    },
  },
};

/** Sends the audit log as a file, newest first: JSON Lines, or CSV (RFC 4180). */
export async function exportEvents({
  store,
  log,
  now,
  signedIn,
  request,
  query,
  audit,
  words,
}: MemberContext & RouteContext): Promise<Response> {
  requireRecordableExport(request);
  const name = readQuery(query, "format", 10);
  if (name !== "csv" && name !== "jsonl") throw new RefusedRequest("bad_parameter");
  const { filter, note } = await readFilter(query, { store, words });
  if (filter === null) throw new RefusedRequest("bad_parameter", note ? { detail: note } : {});
  const day = new Date(now()).toISOString().slice(0, 10);
  const headers = {
    ...NO_STORE,
    "content-type": FORMATS[name].type,
    "content-disposition": `attachment; filename="audit-log-${day}.${name}"`,
  };
  await store.recordExport(audit);
  log("info", "exported", { actor: signedIn.user.id, what: "record" });
  return new Response(streamEvents(store, { filter, format: FORMATS[name] }), { headers });
}

/** Streams the audit log in batches, as fast as the browser reads. */
function streamEvents(
  store: Store,
  { filter, format }: { filter: Omit<AuditFilter, "limit">; format: (typeof FORMATS)["csv"] },
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let before = filter.before;
  return new ReadableStream({
    start: (controller) => controller.enqueue(encoder.encode(format.head)),
    async pull(controller) {
      const events = await store.listEvents({
        ...filter,
        ...(before === undefined ? {} : { before }),
        limit: BATCH,
      });
      before = events.at(-1)?.seq ?? before;
      controller.enqueue(encoder.encode(events.map(format.row).join("")));
      if (events.length < BATCH) controller.close();
    },
  });
}

/**
 * Quotes a CSV cell so that no spreadsheet runs it as a formula.
 *
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
export function quoteCell(value: unknown): string {
  const text = value === undefined || value === null ? "" : String(value);
  const safe = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}
