import { PATHS } from "../../paths.ts";
import { type Ask, isFoyers } from "./ask_here.ts";
import { type Finding, findingsOf } from "./finding.ts";

const proxy = findingsOf("proxy");

/** Longer than the cookies of several applications, and shorter than what Foyer takes. */
const LONG_COOKIE = `doctor=${"x".repeat(12_000)}`;
const LONG_BODY = `doctor=${"x".repeat(60_000)}`;

/** Bun 1.4.5 sometimes closes a connection that is to end with its request before the answer, while a body arrives. */
const KEEP_OPEN = "Let it keep connections to Foyer open (HTTP/1.1), as “foyer example” does";

/** Checks what the proxy lets through. */
export async function checkProxy(ask: Ask): Promise<Finding[]> {
  const [head, body, ready] = await Promise.all([
    ask(PATHS.health, { headers: { cookie: LONG_COOKIE } }),
    ask(PATHS.health, {
      method: "POST",
      headers: { "sec-fetch-site": "same-origin" },
      body: new URLSearchParams(LONG_BODY),
    }),
    ask(PATHS.ready),
  ]);
  const findings: Finding[] = [];
  if (!isFoyers(head)) {
    const text = `It answers ${head.status} to cookies of 12 KB`;
    findings.push(proxy.warning(text, "Allow headers of 16 KB"));
  }
  if (!isFoyers(body)) {
    const text = `It answers ${body.status} to a form of 60 KB`;
    const cure = body.status === 502 ? KEEP_OPEN : "Allow bodies of 64 KB";
    findings.push(proxy.problem(text, cure));
  }
  if (isFoyers(ready)) {
    const text = `It shows ${PATHS.ready} to everybody`;
    findings.push(proxy.warning(text, "Answer 404 there, as “foyer example” does"));
  }
  return findings.length > 0 ? findings : [proxy.ok("It passes long cookies and forms")];
}
