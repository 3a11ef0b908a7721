import fc from "fast-check";

import { codeOf, judgeAnswer, send } from "../exchange.ts";
import { type FormBody, formBody, writeForm } from "../form_body.ts";
import { judgeMarkup, readInputs } from "../markup.ts";
import type { Scene } from "../scene.ts";
import type { Target } from "../target.ts";

const NAMES = [
  "credential",
  "credential",
  "id_token",
  "state",
  "g_csrf_token",
  "select_by",
  "error",
  "email",
];
const CSRF = "csrf-0123456789abcdef";
const VALUES = [
  ...["", "x", "a.b.c", "e30.e30.", CSRF, "/spa/account", "//evil.example", "btn", "access_denied"],
  ...[
    "ada@gmail.com",
    "Ada@Orbit.Example",
    "ädа@gmail.com",
    "a@b",
    "a".repeat(255),
    "9".repeat(9000),
  ],
];
const ROUTES = [
  "/auth/login",
  "/auth/callback",
  "/auth/callback",
  "/admin/invitations",
  "/auth/logout",
];

interface Case extends FormBody {
  route: string;
  isForeign: boolean;
}

/** Forms in both encodings, on every route that reads one. */
export function formTarget(scene: Scene): Target<Case> {
  return {
    name: "form",
    round: 1000,
    arbitrary: fc
      .tuple(formBody(NAMES, VALUES), fc.constantFrom(...ROUTES), fc.boolean())
      .map(([body, route, isForeign]) => ({ ...body, route, isForeign })),
    check: (one) => check(scene, one),
  };
}

async function check(scene: Scene, one: Case): Promise<string | null> {
  const { bytes, type, isWhole } = writeForm(one);
  const answer = await send(scene, writeRequest(scene, one, { bytes, type }));
  const admin = scene.browsers.admin.sessionToken;
  const wrong = judgeAnswer(scene, answer, [admin, CSRF]) ?? judgeMarkup(answer);
  if (wrong) return wrong;
  const { status, headers } = answer.response;
  if (headers.getSetCookie().some((line) => /^session_id=[^;]/.test(line))) return "signs in";
  const code = codeOf(answer);
  if (one.isForeign && one.route !== "/auth/callback") {
    return code === "cross_origin" || code === "body_too_large"
      ? null
      : `is taken from elsewhere: ${status}`;
  }
  const invited = one.route === "/admin/invitations" ? await takeInvited(scene) : [];
  if (!isWhole) return null;
  if (one.isForeign) return await judgeRepost(one, answer.text, status);
  if (one.route === "/auth/login") return judgeCredential(one, code);
  return one.route === "/admin/invitations" ? judgeInvitation(one, { invited, status }) : null;
}

function writeRequest(
  scene: Scene,
  { route, isForeign, isStreamed }: Case,
  { bytes, type }: { bytes: Buffer; type: string },
): Request {
  const isAdmins = route.startsWith("/admin");
  const session = isAdmins ? `; session_id=${scene.browsers.admin.sessionToken}` : "";
  const headers: Record<string, string> = {
    "sec-fetch-site": isForeign ? "cross-site" : "same-origin",
    cookie: `g_csrf_token=${CSRF}${session}`,
    "x-signed-in-as": isAdmins ? scene.sessions.admin : "",
    ...(type ? { "content-type": type } : {}),
    ...(isStreamed ? {} : { "content-length": String(bytes.length) }),
  };
  const body = isStreamed ? new Blob([new Uint8Array(bytes)]).stream() : new Uint8Array(bytes);
  return new Request(`http://localhost${route}`, { method: "POST", headers, body });
}

/** Exactly one `credential`, which is a text, is a credential. */
function judgeCredential({ fields, encoding }: Case, code: string): string | null {
  const all = fields.filter(({ name }) => name === "credential");
  const isFile = encoding === "multipart" && all.some((field) => field.isFile);
  if (all.length === 0) return code === "missing_credential" ? null : `none: ${code}`;
  if (all.length > 1 || isFile) return code === "invalid_credential" ? "reads several" : null;
  const isMissing = all[0]?.value === "";
  return isMissing === (code === "missing_credential") ? null : `one: ${code}`;
}

/** The page that posts Google's form again holds the known fields, each once, as they came, and no other. */
async function judgeRepost({ fields, encoding }: Case, html: string, status: number) {
  if (status === 400) return null;
  if (status !== 200) return `the page to post again is a ${status}`;
  for (const [name, value] of await readInputs(html)) {
    const first = fields.find((field) => field.name === name);
    const expected =
      encoding === "multipart" && first?.isFile
        ? ""
        : first?.value.toWellFormed().replaceAll("\0", "\uFFFD");
    // `HTMLRewriter` takes a byte order mark away.
    if (value !== expected?.replace(/^\ufeff/, ""))
      return `posts ${name} again as ${JSON.stringify(value)}`;
  }
  return null;
}

/** The addresses that are invited; afterwards none is. */
async function takeInvited({ foyer, takeLog }: Scene): Promise<string[]> {
  const { store, clock } = foyer;
  const audit = { now: clock.now, actorId: null, network: "", userAgent: "" };
  const invited = (await store.listInvitations(clock.now)).map(({ email }) => email);
  for (const email of invited) await store.revokeInvitation(email, audit);
  takeLog();
  return invited;
}

/** An invitation is for a plain address in ASCII, in lower case. */
function judgeInvitation(
  { fields, encoding }: Case,
  { invited, status }: { invited: string[]; status: number },
): string | null {
  const first = fields.find(({ name }) => name === "email");
  const text = first && !(encoding === "multipart" && first.isFile) ? first.value.trim() : "";
  const isPlain = /^[\x21-\x3f\x41-\x7e]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i.test(text);
  if (invited.length > 1 || invited.some((email) => email !== text.toLowerCase()))
    return "invites another";
  if (!isPlain && invited.length > 0) return `invites ${JSON.stringify(text)}`;
  return invited.length > 0 === (status === 200) ? null : `answers ${status}, invites ${invited}`;
}
