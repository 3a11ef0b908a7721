import { buildClientFiles } from "./client_files.ts";
import {
  drawButtonFrame,
  drawChooser,
  drawIndex,
  drawPrompt,
  drawRefusal,
  drawResponse,
  type FlowRequest,
} from "./pages.tsx";
import { PEOPLE, personOf } from "./people.ts";
import { portraitOf } from "./portrait.ts";
import { createSigningKeys, type SigningKeys } from "./signing_keys.ts";
import { signToken, type TokenRequest } from "./tokens.ts";

/** A Google on this machine, at an origin of its own. */
export interface GoogleStandIn {
  origin: string;
  keys: SigningKeys;
  /** How often the key set was fetched. */
  keySetFetches(): number;
  /** What the key set answers with instead, to play a Google in trouble; `null` ends that. */
  answerKeySetWith(response: (() => Response) | null): void;
  /** A token for a person, right or with any fault that `claims` and `header` put in. */
  issueToken(request: Omit<TokenRequest, "now"> & { now?: number }): Promise<string>;
  stop(): Promise<void>;
}

const HTML = { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" };
const KEY_SET = { "Cache-Control": "public, max-age=20000, must-revalidate, no-transform" };

/** Starts the stand-in on 127.0.0.1; port 0 takes a free one. For development and tests only. */
export async function startGoogleStandIn({
  port,
  now = Date.now,
}: {
  port: number;
  now?: () => number;
}): Promise<GoogleStandIn> {
  const keys = await createSigningKeys();
  const files = await buildClientFiles();
  let fetches = 0;
  let trouble: (() => Response) | null = null;

  const server = Bun.serve({
    port,
    hostname: "127.0.0.1",
    routes: {
      "/": () => page(drawIndex(keys.keySet().keys.map(({ kid = "" }) => kid))),
      "/oauth2/v3/certs": () => {
        fetches += 1;
        return trouble ? trouble() : Response.json(keys.keySet(), { headers: KEY_SET });
      },
      "/people/:file": ({ params }) => portrait(params.file),
      "/gsi/button": (request) => page(drawButton(new URL(request.url).searchParams)),
      "/gsi/select": {
        GET: (request) => show(new URL(request.url).searchParams, drawChooser),
        POST: (request) => answer(request, "btn"),
      },
      "/gsi/prompt": {
        GET: (request) =>
          show(new URL(request.url).searchParams, (flow) =>
            drawPrompt(flow, personHinted(request)),
          ),
        POST: (request) => answer(request, "user"),
      },
      "/stand_in/rotate_keys": {
        POST: async () => {
          await keys.rotate();
          return new Response(null, { status: 303, headers: { Location: "/" } });
        },
      },
    },
    fetch: (request) => file(new URL(request.url).pathname),
  });
  const { origin } = server.url;

  function issueToken(request: Omit<TokenRequest, "now"> & { now?: number }): Promise<string> {
    return signToken({ now: now(), ...request }, { key: keys.newest(), origin });
  }

  /** The chosen person's token, on a page that hands it to the page that asked. */
  async function answer(request: Request, selectBy: string): Promise<Response> {
    const form = await request.formData();
    const text = (name: string) => String(form.get(name) ?? "");
    const flow = readFlow({ get: text });
    if (typeof flow === "string") return page(drawRefusal(flow), 403);
    const person = personOf({ email: text("email"), name: text("name"), hostedDomain: text("hd") });
    const { clientId, nonce, state } = flow;
    const credential = await issueToken({ person, clientId, ...(nonce ? { nonce } : {}) });
    const response = { credential, select_by: selectBy, client_id: clientId };
    return page(drawResponse(flow, state ? { ...response, state } : response));
  }

  function file(path: string): Response {
    const found = files.get(path);
    if (!found) return new Response("Not found", { status: 404 });
    return new Response(found.text, {
      headers: { "Content-Type": found.type, "Cache-Control": "no-cache" },
    });
  }

  return {
    origin,
    keys,
    keySetFetches: () => fetches,
    answerKeySetWith: (response) => {
      trouble = response;
    },
    issueToken,
    stop: () => server.stop(true),
  };
}

function show(query: URLSearchParams, draw: (flow: FlowRequest) => string): Response {
  const flow = readFlow(query);
  return typeof flow === "string" ? page(drawRefusal(flow), 403) : page(draw(flow));
}

/** A flow's fields, or the sentence with which Google would refuse them. */
function readFlow(fields: { get(name: string): string | null }): FlowRequest | string {
  const text = (name: string) => fields.get(name) ?? "";
  const origin = text("origin");
  if (!text("client_id")) return "The given client ID is not found.";
  const host = URL.parse(origin)?.hostname ?? "";
  if (!/^(localhost|127\.0\.0\.1|\[::1\])$/.test(host) || new URL(origin).origin !== origin) {
    return "The given origin is not allowed for the given client ID.";
  }
  return {
    clientId: text("client_id"),
    origin,
    nonce: text("nonce"),
    channel: text("channel"),
    state: text("state"),
  };
}

function personHinted(request: Request) {
  const hint = new URL(request.url).searchParams.get("login_hint");
  const found = PEOPLE.find(({ email, sub }) => email === hint || sub === hint);
  return found ?? personOf({ email: PEOPLE[0]?.email ?? "" });
}

function drawButton(query: URLSearchParams): string {
  const texts: Record<string, string> = {
    signin_with: "Sign in with Google",
    signup_with: "Sign up with Google",
    continue_with: "Continue with Google",
    signin: "Sign in",
  };
  const look = Object.fromEntries(query);
  return drawButtonFrame({
    look: { ...look, text: texts[look.text ?? ""] ?? "Sign in with Google" },
    origin: query.get("origin") ?? "",
    id: query.get("iframe_id") ?? "",
  });
}

function portrait(file: string): Response {
  const svg = portraitOf(file.replace(/\.svg$/, ""));
  if (!svg) return new Response("Not found", { status: 404 });
  return new Response(svg, {
    headers: { "Content-Type": "image/svg+xml", "Cross-Origin-Resource-Policy": "cross-origin" },
  });
}

function page(html: string, status = 200): Response {
  return new Response(html, { status, headers: HTML });
}
