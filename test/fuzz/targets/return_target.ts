import fc from "fast-check";

import { createReturnState, localPage, readReturnState } from "../../../src/auth/return_state.ts";
import { judgeAnswer, send } from "../exchange.ts";
import { hostileText } from "../hostile_text.ts";
import type { Scene } from "../scene.ts";
import type { Target } from "../target.ts";

interface Case {
  target: string;
  /** Asks only the function; comes by the link; by Google's form; or reads a state that was changed. */
  by: "function" | "link" | "form" | "state";
  /** Where a state is changed, and into what. */
  at: number;
  into: string;
}

const STEPS = ["/", "//", "\\", "/spa", "/plain", ".", "..", "%2e", "@", ":", "?", "#", "\t", "\n"];
const NAMES = [
  "evil.example",
  "content.top",
  "content.secret1",
  "spa",
  "http:",
  "https:",
  "／",
  "。",
  "enter?return=https://wiki.example.com/",
  "&return=",
];

/** Addresses to return to after a sign-in, by every way on which they come. */
export function returnTarget(scene: Scene): Target<Case> {
  const target = fc.oneof(
    fc.array(fc.constantFrom(...STEPS, ...NAMES), { maxLength: 8 }).map((all) => all.join("")),
    hostileText.map((text) => `/spa/${text}`),
    hostileText,
    fc.webUrl(),
  );
  const by = fc.oneof(
    { weight: 8, arbitrary: fc.constant("function" as const) },
    { weight: 1, arbitrary: fc.constant("link" as const) },
    { weight: 1, arbitrary: fc.constant("form" as const) },
    { weight: 3, arbitrary: fc.constant("state" as const) },
  );
  const changes = {
    at: fc.nat(300),
    into: fc.oneof(hostileText, fc.constantFrom("A", "_", ".", "")),
  };
  return {
    name: "return_target",
    round: 6000,
    arbitrary: fc.record({ target, by, ...changes }),
    check: (one) => CHECKS[one.by](one, scene),
  };
}

const CHECKS: Record<
  Case["by"],
  (one: Case, scene: Scene) => string | null | Promise<string | null>
> = {
  function: ({ target }) => judgePath(localPage(target)),

  async link({ target }, scene) {
    const token = "L".repeat(43);
    const url = `http://localhost/auth/google?${new URLSearchParams({ return: target })}`;
    const headers = { cookie: `sign_in=${token}` };
    const answer = await send(scene, new Request(url, { headers }));
    const wrong = judgeAnswer(scene, answer, [token]);
    const location = answer.response.headers.get("location");
    if (wrong || !location) return wrong;
    const state = new URL(location).searchParams.get("state") ?? "";
    const path = readReturnState(state, token);
    if (path === null) return "the state is not of this browser";
    if (readReturnState(state, "M".repeat(43)) !== null)
      return "the state is of another browser, too";
    return judgePath(path);
  },

  // The proof is in order, the credential is missing: the refusal leads back to where the person came from.
  async form({ target }, scene) {
    const csrf = "0123456789abcdef";
    const headers = {
      cookie: `g_csrf_token=${csrf}`,
      "sec-fetch-site": "same-origin",
      accept: "text/html",
    };
    const body = new URLSearchParams({ g_csrf_token: csrf, state: target.toWellFormed() });
    const request = new Request("http://localhost/auth/callback", {
      method: "POST",
      headers,
      body,
    });
    const answer = await send(scene, request);
    const wrong = judgeAnswer(scene, answer, [csrf]);
    if (wrong) return wrong;
    const links = [...answer.text.matchAll(/href="\/auth\/google\?(?:[^"]*?)return=([^"&]*)/g)];
    for (const [, text = ""] of links) {
      const odd = judgePath(decodeURIComponent(text.replaceAll("+", " ")));
      if (odd) return `the refusal leads away: ${odd}`;
    }
    return answer.response.status === 400 ? null : `answers ${answer.response.status}`;
  },

  state({ target, at, into }) {
    const token = "S".repeat(43);
    const path = target.toWellFormed();
    const state = createReturnState(path, token);
    if (readReturnState(state, token) !== path) return "a state does not come back as it was";
    const place = at % (state.length + 1);
    const changed = state.slice(0, place) + into + state.slice(place + into.length);
    const read = readReturnState(changed, token);
    return changed === state || read === null ? null : "a state that was changed is taken";
  },
};

/**
 * A path leads to one of our own pages, whatever the browser makes of it. The way in to a protected application keeps its
 * query, which it judges itself.
 */
function judgePath(path: string): string | null {
  const isPage =
    /^\/(?:spa|plain)\/enter\?/.test(path) ||
    /^\/spa(?:\/[^/\\?]+)?$/.test(path) ||
    /^\/plain\/[^/\\?]+$/.test(path);
  if (!isPage || /[^\x21-\x7e]/.test(path)) return `not a page: ${path}`;
  for (const origin of ["https://app.example.com", "http://localhost:3000"]) {
    const url = URL.parse(path, `${origin}/auth/callback`);
    if (url?.href !== origin + path) return `${path} becomes ${url?.href}`;
  }
  return null;
}
