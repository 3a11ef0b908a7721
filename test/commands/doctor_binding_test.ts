import { expect, test } from "bun:test";

import { checkBinding } from "../../src/commands/doctor/check_binding.ts";
import { createFoyer } from "../fixture.ts";

// The doctor asks a Foyer with other settings, or by way of something that answers in its place.

const ORIGIN = "https://foyer.example.com";
const SITES = { FORWARD_AUTH_ORIGINS: `${ORIGIN}:8443 members` };

async function examine(
  env: Record<string, string>,
  answers: (path: string) => Response | null = () => null,
): Promise<string[]> {
  const { app, deps } = await createFoyer(env);
  const asked: string[] = [];
  const findings = await checkBinding(deps.config, async (path, init) => {
    asked.push(path);
    return answers(path) ?? app.handle(new Request(`http://localhost${path}`, init));
  });
  if (!deps.config.origin.startsWith("https:")) expect(asked).toEqual([]);
  for (const { severity, cure } of findings) expect(cure === null).toBe(severity === "ok");
  return findings.map(({ severity, check, text }) => `${severity} ${check}: ${text}`);
}

const empty = (status: number, headers = {}) => new Response(null, { status, headers });
const page = (status: number) =>
  new Response("Sorry", { status, headers: { "x-answered-by": "application" } });
const at = (wanted: string, answer: () => Response) => (path: string) =>
  path === wanted ? answer() : null;

const ROWS: [what: string, found: RegExp, ...Parameters<typeof examine>][] = [
  ["are bound", /^ok binding: Browsers can bind sessions$/, { ORIGIN }],
  [
    "are not bound on http",
    /^ok binding: No session is bound: browsers do that on https only$/,
    { ORIGIN: "http://localhost:3000" },
  ],
  [
    "are not bound any more",
    /^ok binding: No new session is bound: SESSION_BINDING=off$/,
    { ORIGIN, SESSION_BINDING: "off" },
  ],
  [
    "would close applications",
    /^ok binding: No new session is bound: the session cookie opens applications on other ports/,
    { ORIGIN, ...SITES },
  ],
  [
    "are led elsewhere",
    /^problem binding: The proxy answers 302 to \/auth\/binding\/refresh/,
    { ORIGIN },
    at("/auth/binding/refresh", () => empty(302, { location: "/maintenance" })),
  ],
  [
    "are refused with a page",
    /^problem binding: The proxy answers 401 to \/auth\/binding\/refresh/,
    { ORIGIN },
    at("/auth/binding/refresh", () => page(401)),
  ],
  [
    "lose their binding, though no new one is bound",
    /^problem binding: The proxy answers 404 to \/auth\/binding\/refresh/,
    { ORIGIN, SESSION_BINDING: "off" },
    at("/auth/binding/refresh", () => empty(404)),
  ],
  [
    "cannot be renewed for a while",
    /^warning binding: The proxy answers 503 to \/auth\/binding\/refresh/,
    { ORIGIN },
    at("/auth/binding/refresh", () => empty(503)),
  ],
  [
    "cannot be proved",
    /^problem binding: The proxy replaces a 403 of Foyer \(403\)/,
    { ORIGIN },
    at("/healthz", () => new Response("Forbidden", { status: 403 })),
  ],
  [
    "are never heard of",
    /^problem binding: The proxy takes headers away/,
    { ORIGIN },
    at("/healthz/probe", () => new Response(": the end\n\n")),
  ],
];

for (const [what, found, env, answers] of ROWS) {
  test(`the doctor sees that sessions ${what}`, async () => {
    expect(await examine(env, answers)).toEqual([expect.stringMatching(found)]);
  });
}
