import {
  AUDIT_KINDS,
  type AuditEvent,
  type AuditFilter,
  type AuditKind,
} from "../../db/contract/audit.ts";
import type { Store } from "../../db/contract/store.ts";
import { RefusedRequest } from "../errors.ts";
import { requireRecordableExport } from "../http/cross_origin.ts";
import { NO_STORE } from "../http/headers.ts";
import { readQuery } from "../http/query.ts";
import type { MemberContext, RouteContext } from "./page.ts";

const BATCH = 500;
const DAY_MS = 86_400_000;

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
  signedIn,
  request,
  query,
  audit,
}: MemberContext & RouteContext): Promise<Response> {
  requireRecordableExport(request);
  const name = readQuery(query, "format", 10);
  if (name !== "csv" && name !== "jsonl") throw new RefusedRequest("bad_parameter");
  const filter = readFilter(query);
  const headers = {
    ...NO_STORE,
    "content-type": FORMATS[name].type,
    "content-disposition": `attachment; filename="record.${name}"`,
  };
  await store.recordExport(audit);
  log("info", "exported", { actor: signedIn.user.id, what: "record" });
  return new Response(streamEvents(store, { filter, format: FORMATS[name] }), { headers });
}

/** Reads the event filter from an address. Throws `bad_parameter`. */
export function readFilter(query: URLSearchParams): Omit<AuditFilter, "limit"> {
  const kind = readKind(query);
  const personId = readQuery(query, "person", 36);
  const before = readQuery(query, "before", 15);
  if (before && !/^\d+$/.test(before)) throw new RefusedRequest("bad_parameter");
  const since = readDay(query, "since");
  const until = readDay(query, "until");
  return {
    ...(kind ? { kind } : {}),
    ...(personId ? { personId } : {}),
    ...(since === null ? {} : { since }),
    // `until` includes its day.
    ...(until === null ? {} : { until: until + DAY_MS }),
    ...(before ? { before: Number(before) } : {}),
  };
}

function readKind(query: URLSearchParams): AuditKind | null {
  const text = readQuery(query, "kind", 40);
  const kind = AUDIT_KINDS.find((known) => known === text) ?? null;
  if (text && !kind) throw new RefusedRequest("bad_parameter");
  return kind;
}

function readDay(query: URLSearchParams, name: string): number | null {
  const text = readQuery(query, name, 10);
  if (!text) return null;
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) throw new RefusedRequest("bad_parameter");
  return at;
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
