import { TreeCopy } from "../recipe.ts";
import { DEVICE_PROOF_FAULTS } from "./device_proof_faults.ts";
import type { Fault } from "./fault.ts";
import { PROTECTED_SITE_FAULTS } from "./protected_site_faults.ts";

const ID_TOKEN = "src/auth/id_token.ts";
const NONCE = "src/auth/nonce.ts";

/** What the targets find, tried with `bun test/fuzz/faults.ts`, or `bun test/fuzz/faults.ts TARGET`. */
export const FAULTS: Fault[] = [
  {
    what: "a signature is not checked",
    file: "src/auth/signed_token.ts",
    from: "jwt: jwtVerify,",
    to: "jwt: async (token: string) => ({ payload: JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) }),",
    target: "credential",
  },
  {
    what: "a critical header is ignored",
    file: "src/auth/signed_token.ts",
    from: 'if (crit !== undefined) throw refuseClaim("crit");',
    to: "void crit;",
    target: "credential",
  },
  {
    what: "a nonce is not compared",
    file: NONCE,
    from: 'if (!isSameBytes(mac, expected) || salt.length !== SALT_BYTES)\n    throw new RefusedRequest("nonce_mismatch");',
    to: "void [isSameBytes, mac, expected];",
    target: "credential",
  },
  {
    what: "a nonce never expires",
    file: NONCE,
    from: "if (expiresAt <= now || expiresAt > now + MAX_AHEAD_MS)",
    to: "if (expiresAt > now + MAX_AHEAD_MS)",
    target: "credential",
  },
  {
    what: "a nonce counts twice",
    file: "db/acts/sessions.ts",
    from: 'if (!(yield* run.useNonce.get(nonce))) return { signedIn: false, code: "nonce_reused" };',
    to: "yield* run.useNonce.get(nonce);",
    target: "credential",
  },
  {
    what: "an address need not be verified",
    file: ID_TOKEN,
    from: "claims.email_verified === true",
    to: "Boolean(claims.email_verified)",
    target: "credential",
  },
  {
    what: "a token is good for days",
    file: ID_TOKEN,
    from: "if (iat < nowS - MAX_AGE_S - CLOCK_TOLERANCE_S)",
    to: "if (iat < nowS - 24 * MAX_AGE_S)",
    target: "credential",
  },
  {
    what: "a list of audiences is taken",
    file: ID_TOKEN,
    from: 'requireClaim(claims.aud === options.clientId, "aud");',
    to: "",
    target: "credential",
  },
  {
    what: "an event token signs in",
    file: ID_TOKEN,
    from: 'requireClaim(claims.events === undefined, "events");',
    to: "",
    target: "credential",
  },
  {
    what: "a token stands in the log",
    file: "src/session/begin_session.ts",
    from: "select_by: method });",
    to: "select_by: method, token: begun.token });",
    target: "credential",
  },
  {
    what: "an event counts twice",
    file: "db/acts/security_event.ts",
    from: "if (!(yield* isNew(run, { what: `jti ${jti}`, expiresAt }))) return [];",
    to: "yield* isNew(run, { what: `jti ${jti}`, expiresAt });",
    target: "security_event",
  },
  {
    what: "another issuer's subject is taken",
    file: "src/auth/account_event.ts",
    from: 'if (!isEventIssuer(iss)) throw refuse("The event\'s subject belongs to another issuer");',
    to: "",
    target: "security_event",
  },
  {
    what: "an event leaves the session",
    file: "db/acts/security_event.ts",
    from: "if (endsSessionsBefore !== null) {",
    to: "if (endsSessionsBefore === 0) {",
    target: "security_event",
  },
  {
    what: "several credentials are read",
    file: "src/http/form.ts",
    from: "more.length > 0 || value.length",
    to: "value.length",
    target: "form",
  },
  {
    what: "data is not escaped in attributes",
    file: "views/attribute_text.ts",
    from: 'text.replaceAll("&", "&amp;")',
    to: "text",
    target: "form",
  },
  {
    what: "a cookie's name may stand behind another letter",
    file: "src/http/cookies.ts",
    from: 'return before < 0 || header[before] === ";";',
    to: "return true;",
    target: "cookie",
  },
  {
    what: "a cookie's value is parsed",
    file: "src/auth/token.ts",
    from: "return text !== null && TOKEN_SHAPE.test(text);",
    to: "return text !== null && JSON.parse(text.startsWith('[') ? text : '1') !== null;",
    target: "cookie",
  },
  {
    what: "a request takes 1.2 seconds",
    file: "src/http/compression.ts",
    from: "if (header === null) return false;",
    to: "if (header === null) return false;\n  if (/[{<]/.test(header)) Bun.sleepSync(1200);",
    target: "header",
  },
  {
    what: "requests stay in memory",
    file: "src/http/form.ts",
    from: 'if (request.method === "GET") return;',
    to: "((globalThis as { kept?: unknown[] }).kept ??= []).push({ request }, [], {}, [request], {}, {}, []);",
    target: "path",
  },
  {
    what: "numbers are read as JavaScript does",
    file: "src/http/query.ts",
    from: "/^\\d{1,10}$/.test(text) ? Number(text) : Number.NaN",
    to: "Number(text)",
    target: "query",
  },
  {
    what: "a damaged path is not caught",
    file: "src/paths.ts",
    from: "} catch {\n    return encoded;\n  }",
    to: "} finally {\n  }",
    target: "path",
  },
  {
    what: "a path may lead elsewhere",
    file: "src/auth/return_state.ts",
    from: "if (!PAGE.test(url.pathname)) return PATHS.page;",
    to: "",
    target: "return_target",
  },
  {
    what: "a state is not compared",
    file: "src/auth/return_state.ts",
    from: "return isSameBytes(mac, expected) ? path : null;",
    to: "return isSameBytes(mac, mac) && expected ? path : null;",
    target: "return_target",
  },
  ...PROTECTED_SITE_FAULTS,
  ...DEVICE_PROOF_FAULTS,
  {
    what: "another site of the same domain is ours",
    file: "src/http/cross_origin.ts",
    from: 'const OWN_SITES = ["same-origin", "none"];',
    to: 'const OWN_SITES = ["same-origin", "none", "same-site"];',
    target: "cross_origin",
  },
  {
    what: "an origin that begins like ours is ours",
    file: "src/http/cross_origin.ts",
    from: 'request.headers.get("origin") === origin',
    to: '(request.headers.get("origin") ?? "").startsWith(origin)',
    target: "cross_origin",
  },
  {
    what: "a request with neither header is ours",
    file: "src/http/cross_origin.ts",
    from: 'request.headers.get("origin") === origin',
    to: '(request.headers.get("origin") ?? origin) === origin',
    target: "cross_origin",
  },
  {
    what: "PATCH is safe",
    file: "src/http/cross_origin.ts",
    from: '["GET", "HEAD", "OPTIONS"]',
    to: '["GET", "HEAD", "OPTIONS", "PATCH"]',
    target: "cross_origin",
  },
  {
    what: "a name is not escaped in the navigation bar",
    file: "views/account_menu.tsx",
    from: "<bdi safe>{name}</bdi>\n        </",
    to: "<bdi>{name as 'safe'}</bdi>\n        </",
    target: "person",
  },
  {
    what: "a name is not escaped in the list of people",
    file: "views/pages/people_table.tsx",
    from: "<bdi safe>{person.name}</bdi>",
    to: "<bdi>{person.name as 'safe'}</bdi>",
    target: "person",
  },
  {
    what: "<hx- stays in attributes",
    file: "src/http/fragment.ts",
    from: 'return html.replace(/<(?=hx-)/gi, "&lt;");',
    to: "return html;",
    target: "person",
  },
  {
    what: "any picture is shown",
    file: "src/http/security_headers.ts",
    from: "? url.href : null",
    to: "? url.href : picture",
    target: "person",
  },
  {
    what: "a stranger may say where they are",
    file: "src/http/client_address.ts",
    from: "chain.findLast((entry)",
    to: "chain.find((entry)",
    target: "client",
  },
  {
    what: "a formula stays in an export",
    file: "src/pages/audit_export.ts",
    from: "const safe = isFormula ? `'${text}` : text;",
    to: "const safe = isFormula ? text : text;",
    target: "export",
  },
  {
    what: "a short host name moves the path",
    file: "src/http/normalize_url.ts",
    from: "if (ORDINARY_URL.test(request.url)) return request;",
    to: "if (request.url !== '') return request;",
    target: "socket",
  },
];

/** Breaks one guard after the other in a copy of the tree, and says which a short run does not notice. */
async function tryFaults(only: string | undefined): Promise<string[]> {
  using copy = new TreeCopy();
  const missed: string[] = [];
  for (const { what, file, from, to, target } of FAULTS) {
    if (only && target !== only) continue;
    const whole = copy.read(file);
    copy.write(
      file,
      whole.replace(from, () => to),
    );
    const args = ["test/fuzz/run.ts", "--target", target, "--seed", "1", "--cases", "6000"];
    const run = Bun.spawnSync([process.execPath, ...args], { cwd: copy.root });
    const [, found = ""] = /^FOUND (.*)$/m.exec(run.stderr.toString()) ?? [];
    console.info(`${found ? "found " : "MISSED"} ${target}: ${what}  →  ${found.slice(0, 160)}`);
    if (!found) {
      missed.push(what);
      console.info(run.stderr.toString().slice(0, 500));
    }
    copy.write(file, whole);
  }
  return missed;
}

if (import.meta.main) process.exit((await tryFaults(process.argv[2])).length > 0 ? 1 : 0);
