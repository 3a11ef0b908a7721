import type { Config } from "../../config.ts";
import { PATHS } from "../../paths.ts";
import { type Ask, isFoyers } from "./ask_here.ts";
import { type Finding, findingsOf } from "./finding.ts";

const binding = findingsOf("binding");

/** As many people of an office may have their browsers ask within a moment. */
const AT_ONCE = 20;

/** What a browser sends to renew a bound session, with a proof as long as one by an RSA key. */
const REFRESH = {
  "sec-fetch-site": "same-origin",
  "sec-fetch-mode": "no-cors",
  "sec-fetch-dest": "empty",
  "sec-secure-session-id": "doctor",
  "secure-session-response": "x".repeat(1200),
};

/** Checks whether browsers can bind their sessions to the device, through what is in front. */
export async function checkBinding(config: Config, ask: Ask): Promise<Finding[]> {
  const reason = whyNot(config);
  // Sessions that are bound already stay so.
  if (!config.origin.startsWith("https:")) return [binding.ok(`No session is bound: ${reason}`)];
  const found =
    (await checkRefresh(config, ask)) ?? (await checkRefusal(ask)) ?? (await checkHeaders(ask));
  if (found) return [found];
  return [binding.ok(reason ? `No new session is bound: ${reason}` : "Browsers can bind sessions")];
}

/** Why sessions are not bound to the device; `null` if they are. */
function whyNot({ offersBinding, origin, sites, cookieDomain }: Config): string | null {
  if (offersBinding) return null;
  if (!origin.startsWith("https:")) return "browsers do that on https only";
  return sites.length > 0 && cookieDomain === null
    ? "the session cookie opens applications on other ports, where browsers prove nothing"
    : "SESSION_BINDING=off";
}

/** What is wrong with the answers to browsers that nobody is signed in with, or `null`. */
async function checkRefresh({ origin }: Config, ask: Ask): Promise<Finding | null> {
  const headers = { ...REFRESH, origin };
  const requests = Array.from({ length: AT_ONCE }, async () => {
    const answer = await ask(PATHS.bindingRefresh, { method: "POST", headers });
    const isEmpty = (await answer.text()) === "";
    return { status: answer.status, isGood: answer.status === 401 && isFoyers(answer) && isEmpty };
  });
  const bad = (await Promise.all(requests)).find(({ isGood }) => !isGood);
  if (!bad) return null;
  const text = `The proxy answers ${bad.status} to ${PATHS.bindingRefresh}, in place of Foyer's empty 401`;
  // After an answer of this kind browsers ask again.
  if (bad.status >= 500) return binding.warning(text, "See the logs of Foyer and of the proxy");
  return binding.problem(
    `${text}: browsers forget their key, and people are no longer signed in`,
    UNCHANGED,
  );
}

const UNCHANGED = "Let the proxy pass this path without limits, rules and error pages of its own";

/** Whether a 403 gets through, as which challenges come. Only who has a session gets one; this is another refusal. */
async function checkRefusal(ask: Ask): Promise<Finding | null> {
  const headers = { "sec-fetch-site": "cross-site" };
  const answer = await ask(PATHS.health, { method: "POST", headers });
  const text = await answer.text();
  if (answer.status === 403 && isFoyers(answer) && text.includes('"cross_origin"')) return null;
  return binding.problem(
    `The proxy replaces a 403 of Foyer (${answer.status}): browsers cannot prove their key`,
    UNCHANGED,
  );
}

/** Whether the headers get through, to Foyer and back. */
async function checkHeaders(ask: Ask): Promise<Finding | null> {
  const answer = await ask(PATHS.probe, { headers: REFRESH });
  await answer.body?.cancel();
  const { headers } = answer;
  if (headers.has("secure-session-registration") && headers.has("secure-session-challenge")) {
    return null;
  }
  return binding.problem(
    "The proxy takes headers away, so browsers bind no session",
    "Let it pass Sec-Secure-Session-Id, and all whose names begin with Secure-Session-, both ways",
  );
}
