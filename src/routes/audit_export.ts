import { Elysia } from "elysia";

import type { AuditEvent, AuditFilter } from "../../db/contract/audit.ts";
import type { Store } from "../../db/contract/store.ts";
import { RefusedRequest } from "../errors.ts";
import { requireRecordableExport } from "../http/cross_origin.ts";
import { noStore } from "../http/headers.ts";
import { readQuery } from "../http/query.ts";
import { readFilter } from "../pages/audit_log.tsx";
import { PATHS } from "../paths.ts";
import type { AppContext } from "../session/app_context.ts";
import { auditContextOf } from "../session/audit_context.ts";
import { currentUser, requireAdmin } from "../session/current_user.ts";

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

/** The record as a file: JSON Lines, or CSV (RFC 4180), the newest first. */
export function recordExportRoutes(app: AppContext) {
  return new Elysia()
    .use(currentUser(app))
    .get(PATHS.record, async ({ signedIn, request, set }) => {
      const { user } = requireAdmin(signedIn);
      requireRecordableExport(request);
      const query = new URL(request.url).searchParams;
      const name = readQuery(query, "format", 10);
      if (name !== "csv" && name !== "jsonl") throw new RefusedRequest("bad_parameter");
      const filter = readFilter(query);
      set.headers["content-disposition"] = `attachment; filename="record.${name}"`;
      noStore(set);
      set.headers["content-type"] = FORMATS[name].type;
      await app.store.recordExport(auditContextOf(request, { app, actorId: user.id }));
      app.log("info", "exported", { actor: user.id, what: "record" });
      return new Response(streamEvents(app.store, { filter, format: FORMATS[name] }));
    });
}

/** Reads the record page by page, as fast as the file is taken. */
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
 * A cell of a CSV file that no spreadsheet takes for a formula.
 *
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
export function quoteCell(value: unknown): string {
  const text = value === undefined || value === null ? "" : String(value);
  const harmless = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}
