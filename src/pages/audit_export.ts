import type { AuditEvent, AuditFilter } from "../../db/contract/audit.ts";
import type { Store } from "../../db/contract/store.ts";
import { RefusedRequest } from "../errors.ts";
import { requireRecordableExport } from "../http/cross_origin.ts";
import { readQuery } from "../http/query.ts";
import { readFilter } from "./audit_filter.ts";
import { sendDownload } from "./download.ts";
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
export async function exportEvents(context: MemberContext & RouteContext): Promise<Response> {
  const { store, config, limits, now, signedIn, request, query, audit, words } = context;
  requireRecordableExport(request, config);
  limits.countExport(signedIn.user.id);
  const name = readQuery(query, "format", 10);
  if (name !== "csv" && name !== "jsonl") throw new RefusedRequest("bad_parameter");
  const { filter, note } = await readFilter(query, { store, words });
  if (filter === null) throw new RefusedRequest("bad_parameter", note ? { detail: note } : {});
  await store.recordExport(audit);
  const day = new Date(now()).toISOString().slice(0, 10);
  const download = {
    what: "record",
    type: FORMATS[name].type,
    disposition: `attachment; filename="audit-log-${day}.${name}"`,
    parts: writeEvents(store, { filter, format: FORMATS[name] }),
  };
  return sendDownload(download, context);
}

/** Writes the events in batches. */
async function* writeEvents(
  store: Store,
  { filter, format }: { filter: Omit<AuditFilter, "limit">; format: (typeof FORMATS)["csv"] },
): AsyncGenerator<string> {
  const { after = -Infinity, ...rest } = filter;
  yield format.head;
  for (let last = filter.before; ;) {
    const before = last === undefined ? {} : { before: last };
    const found = await store.listEvents({ ...rest, ...before, limit: BATCH });
    const events = found.filter(({ seq }) => seq > after);
    yield events.map(format.row).join("");
    if (events.length < BATCH) return;
    last = events.at(-1)?.seq;
  }
}

/**
 * Quotes a CSV cell so that no spreadsheet runs it as a formula.
 *
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
export function quoteCell(value: unknown): string {
  const text = value === undefined || value === null ? "" : String(value);
  // Spreadsheets skip what stands before a formula, and read full-width signs as the plain ones.
  const [first = ""] = text.replace(/^[\p{C}\p{Z}]+/u, "");
  const isFormula = /^[=+\-@]/.test(first.normalize("NFKC")) || /^[\t\r\n]/.test(text);
  const safe = isFormula ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}
