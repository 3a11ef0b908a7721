import { Elysia } from "elysia";

import type { AuditEvent, AuditFilter } from "../../db/audit_store.ts";
import type { Store } from "../../db/store.ts";
import { SignInError } from "../errors.ts";
import { PATHS } from "../paths.ts";
import { requireRecordableExport } from "../plugins/cross_origin.ts";
import { currentUser, requireAdmin } from "../plugins/current_user.ts";
import { noStore } from "../plugins/headers.ts";
import type { SessionDependencies } from "../plugins/session_reading.ts";
import { traceOf } from "../plugins/trace.ts";
import { readQuery } from "./query.ts";
import { readFilter } from "./record_content.tsx";

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
export function recordExportRoutes(deps: SessionDependencies) {
  return new Elysia()
    .use(currentUser(deps))
    .get(PATHS.record, async ({ signedIn, request, set }) => {
      const { user } = requireAdmin(signedIn);
      requireRecordableExport(request);
      const query = new URL(request.url).searchParams;
      const name = readQuery(query, "format", 10);
      if (name !== "csv" && name !== "jsonl") throw new SignInError("bad_parameter");
      const filter = readFilter(query);
      set.headers["content-disposition"] = `attachment; filename="record.${name}"`;
      noStore(set);
      set.headers["content-type"] = FORMATS[name].type;
      await deps.store.recordExport(traceOf(request, { ...deps, actorId: user.id }));
      deps.log("info", "exported", { actor: user.id, what: "record" });
      return new Response(streamEvents(deps.store, { filter, format: FORMATS[name] }));
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
