import { REFUSALS } from "../../src/errors.ts";
import { type Text, writeOut } from "./hostile_text.ts";
import { judgeLog, type Role, type Scene } from "./scene.ts";

/** A request as a case writes it. */
export interface Exchange {
  method: string;
  /** With the query. */
  path: Text;
  headers: [name: string, value: Text][];
  body?: Text;
  who: Role;
}

/** An answer with its text, and what the log says of it. An event stream has no text. */
export interface Answer {
  response: Response;
  text: string;
  lines: string[];
}

/** The bytes of a text as a header carries them: UTF-8, which a server reads as Latin-1. */
export function headerValue(text: Text): string {
  const bytes = Buffer.from(writeOut(text), "utf8").toString("latin1");
  return bytes.replace(/[\0\r\n]/g, "").trim();
}

/** The request, or `null` if the platform cannot express it. */
export function writeRequest(scene: Scene, exchange: Exchange): Request | null {
  const { method, path, headers, body, who } = exchange;
  const { browsers } = scene;
  const own = [...browsers[who].cookies].map(([name, value]) => `${name}=${value}`);
  try {
    const all = new Headers(own.length > 0 ? { cookie: own.join("; ") } : {});
    for (const [name, value] of headers) {
      // Two cookie headers are joined with a semicolon.
      if (name !== "cookie") all.append(name, headerValue(value));
      else all.set(name, [all.get(name) ?? "", headerValue(value)].filter(Boolean).join("; "));
    }
    const init = { method, headers: all, redirect: "manual" as const };
    const hasBody = body !== undefined && !["GET", "HEAD"].includes(method);
    const url = `http://localhost${writeOut(path)}`;
    return new Request(url, hasBody ? { ...init, body: writeOut(body) } : init);
  } catch {
    return null;
  }
}

/** Sends a request to the application in this process. */
export async function send({ foyer, takeLog }: Scene, request: Request): Promise<Answer> {
  takeLog();
  const response = await foyer.app.handle(request);
  const text = await readText(response);
  return { response, text, lines: takeLog() };
}

async function readText(response: Response): Promise<string> {
  if (response.headers.get("content-type")?.startsWith("text/event-stream")) {
    await response.body?.cancel();
    return "";
  }
  const encoding = response.headers.get("content-encoding");
  if (!encoding) return response.text();
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (bytes.length === 0 || encoding === "br") return "";
  return new TextDecoder().decode(Bun.gunzipSync(bytes));
}

/** The code of a refusal, as the log has it, or "". */
export function codeOf({ lines }: Answer): string {
  const refused = lines.find((line) => line.includes('"event":"refused"'));
  return refused ? String(JSON.parse(refused).code) : "";
}

/** The cookies that Foyer may set, on http and on https. */
const OWN_COOKIE =
  /^(?:session_id|sign_in)=[\w-]*; (?:Max-Age=\d+; )?Path=\/; HttpOnly; SameSite=Lax$/;
const OWN_SECURE_COOKIE =
  /^(?:(?:__Host-Http-(?:session_id|sign_in)|__Host-session_bound)=[\w-]*; (?:Max-Age=\d+; )?|__Secure-foyer_access=[\w-]*; Max-Age=\d+; Domain=example\.com; )Path=\/; HttpOnly; Secure; SameSite=Lax$/;
/** What only the inside knows: the words of SQLite, of a stack, of a module. */
const INSIDE = /SQLITE_|\bat \/|node_modules|bun:sqlite|\.tsx?:\d/;

/** What is wrong with an answer, whatever was asked. `secrets` must not stand in the log. */
export function judgeAnswer(
  scene: Scene,
  { response, text, lines }: Answer,
  secrets: readonly string[] = [],
): string | null {
  const { status, headers } = response;
  const given = headers.getSetCookie().map((line) => /^[^=]*=([^;]*)/.exec(line)?.[1] ?? "");
  const log = judgeLog(lines, [...secrets, ...given]);
  if (status >= 500) return `answers ${status}: ${log ?? text.slice(0, 200)}`;
  if (log) return log;
  if (headers.get("x-answered-by") !== "application") return `${status} without X-Answered-By`;
  if (headers.get("x-content-type-options") !== "nosniff") return `${status} without nosniff`;
  if (status >= 400) {
    const wrong = judgeRefusal(status, { headers, text });
    if (wrong) return wrong;
  }
  if (INSIDE.test(text)) return `tells of its inside: ${INSIDE.exec(text)?.[0]}`;
  const isHttps = scene.foyer.deps.config.origin.startsWith("https:");
  const own = isHttps ? OWN_SECURE_COOKIE : OWN_COOKIE;
  const odd = headers.getSetCookie().find((line) => !own.test(line));
  if (odd) return `sets an odd cookie: ${odd}`;
  return judgeLocation(headers.get("location"), scene);
}

function judgeRefusal(
  status: number,
  { headers, text }: { headers: Headers; text: string },
): string | null {
  if (!headers.has("content-security-policy")) return `${status} without a policy`;
  if (headers.get("content-type") !== "application/problem+json") return null;
  if (text === "") return null;
  const { code } = JSON.parse(text) as { code: keyof typeof REFUSALS };
  return REFUSALS[code] === status ? null : `answers ${status} with the code ${code}`;
}

/** A redirect goes to a path of ours, to Google's sign-in, or to a protected application. */
function judgeLocation(location: string | null, { foyer }: Scene): string | null {
  if (location === null || /^\/(?![/\\])/.test(location)) return null;
  const { googleAccountsUrl, origin, sites } = foyer.deps.config;
  const others = [
    `${googleAccountsUrl}/o/oauth2/v2/auth?`,
    ...sites.map((site) => `${site.origin}/`),
  ];
  return [`${origin}/auth/enter?`, ...others].some((start) => location.startsWith(start))
    ? null
    : `redirects to ${location}`;
}
