import { betterAuth } from "better-auth";
import { memoryAdapter } from "better-auth/adapters/memory";
import { oneTap } from "better-auth/plugins";
import { OAuth2Client } from "google-auth-library";
import * as openid from "openid-client";

// An application that knows nothing of Foyer, and Google by its real addresses only. It runs as a process of its
// own: its environment leads it to the stand-in. The only argument is its client ID.

const CLIENT_ID = Bun.argv[2] ?? "";
const PAGES = ["react_oauth_google", "vue3_google_login", "vue3_google_signin", "better_auth"];

const { outputs } = await Bun.build({
  entrypoints: PAGES.map((name) => `${import.meta.dir}/pages/${name}.ts`),
  target: "browser",
  define: {
    "process.env.NODE_ENV": '"development"',
    __VUE_OPTIONS_API__: "true",
    __VUE_PROD_DEVTOOLS__: "false",
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false",
  },
});
const scripts = new Map(
  outputs.map((output) => [output.path.split("/").at(-1)?.replace(/\.js$/, ""), output]),
);

function drawPage(name: string): Response {
  return html(`<div id="app"></div><script type="module" src="/scripts/${name}"></script>`);
}

function html(body: string): Response {
  const head = `<!doctype html><title>An application</title><link rel="icon" href="data:,">`;
  return new Response(`${head}<body>${body}`, { headers: { "Content-Type": "text/html" } });
}

/** Shows what was posted, for the test to read. */
async function showPost(request: Request): Promise<Response> {
  const form = Object.fromEntries(await request.formData());
  const { headers } = request;
  const post = { form, cookie: headers.get("Cookie"), site: headers.get("Sec-Fetch-Site") };
  return html(`<pre id="post">${Bun.escapeHTML(JSON.stringify(post))}</pre>`);
}

async function verifyWithGoogleAuthLibrary(request: Request): Promise<Response> {
  try {
    const idToken = await request.text();
    const ticket = await new OAuth2Client().verifyIdToken({ idToken, audience: CLIENT_ID });
    return Response.json(ticket.getPayload());
  } catch (error) {
    return Response.json({ error: String(error) }, { status: 401 });
  }
}

const server = Bun.serve({
  port: 0,
  hostname: "localhost",
  routes: {
    "/pages/:name": ({ params }) => drawPage(params.name),
    "/scripts/:name": ({ params }) => new Response(scripts.get(params.name)),
    "/login": { POST: showPost },
    "/google_auth_library": { POST: verifyWithGoogleAuthLibrary },
    "/openid_client": startOpenId,
    "/openid_client/callback": { POST: finishOpenId },
    "/api/auth/*": (request): Promise<Response> => auth.handler(request),
  },
});
const origin = `http://localhost:${server.port}`;

const auth = betterAuth({
  baseURL: origin,
  secret: crypto.randomUUID(),
  database: memoryAdapter({ user: [], session: [], account: [], verification: [] }),
  socialProviders: { google: { clientId: CLIENT_ID, clientSecret: "unused" } },
  plugins: [oneTap()],
  logger: { disabled: true },
  rateLimit: { enabled: false },
});

const google = await openid.discovery(
  new URL("https://accounts.google.com"),
  CLIENT_ID,
  undefined,
  openid.None(),
);
openid.useIdTokenResponseType(google);
const attempt = { nonce: "", state: "" };

function startOpenId({ url }: Request): Response {
  attempt.nonce = openid.randomNonce();
  attempt.state = openid.randomState();
  // Parameters of the test, such as `prompt`, go to Google as they are.
  const extra = Object.fromEntries(new URL(url).searchParams);
  const address = openid.buildAuthorizationUrl(google, {
    redirect_uri: `${origin}/openid_client/callback`,
    scope: "openid email",
    response_mode: "form_post",
    ...attempt,
    ...extra,
  });
  return Response.redirect(address.href);
}

async function finishOpenId({ url, method, headers, body }: Request): Promise<Response> {
  // The package does not know Bun's own kind of requests.
  const request = new Request(url, { method, headers, body });
  try {
    const claims = await openid.implicitAuthentication(google, request, attempt.nonce, {
      expectedState: attempt.state,
    });
    return html(`<pre id="claims">${Bun.escapeHTML(JSON.stringify(claims))}</pre>`);
  } catch (error) {
    return html(`<pre id="failure">${Bun.escapeHTML(String(error))}</pre>`);
  }
}

console.info(`ready at ${origin}`);
