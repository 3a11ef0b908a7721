import type { Config, Environment } from "../../config.ts";
import { type Finding, findingsOf, reasonOf, TIMEOUT_MS } from "./finding.ts";

const keys = findingsOf("google");
const clock = findingsOf("clock");

/** Tokens are refused from a minute on; a machine with NTP differs by milliseconds. */
const WRONG_MS = 60_000;
const SUSPICIOUS_MS = 5000;
/** `Date` has whole seconds. */
const HALF_SECOND_MS = 500;

interface GoogleOptions {
  env: Environment;
  now: () => number;
}

/** Checks whether Google's keys can be fetched from here, and this machine's clock against Google's. */
export async function checkGoogle(
  { googleJwksUrl }: Config,
  { env, now }: GoogleOptions,
): Promise<Finding[]> {
  const proxy = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"].find((name) => env[name]);
  const by = proxy ? ` by way of ${proxy}` : "";
  try {
    const answer = await fetch(googleJwksUrl, {
      signal: AbortSignal.timeout(TIMEOUT_MS),
      tls: { rejectUnauthorized: true },
    });
    const receivedAt = now();
    const { keys: list } = (await answer.json()) as { keys?: unknown[] };
    const count = Array.isArray(list) ? list.length : 0;
    const found =
      answer.ok && count > 0
        ? keys.ok(`${count} of Google's keys are here${by}`)
        : keys.problem(`${googleJwksUrl} answers ${answer.status} without keys${by}`, NETWORK);
    return [found, ...checkClock(answer.headers.get("date"), receivedAt)];
  } catch (error) {
    return [keys.problem(`Google's keys are out of reach${by}: ${reasonOf(error)}`, NETWORK)];
  }
}

const NETWORK =
  "Let this machine reach www.googleapis.com, or set HTTPS_PROXY, and NODE_EXTRA_CA_CERTS for the proxy's certificate";

function checkClock(date: string | null, now: number): Finding[] {
  const googleTime = Date.parse(date ?? "") + HALF_SECOND_MS;
  if (Number.isNaN(googleTime)) return [];
  const aheadMs = now - googleTime;
  const seconds = Math.round(Math.abs(aheadMs) / 1000);
  const text = `This machine's clock is ${seconds} seconds ${aheadMs > 0 ? "ahead of" : "behind"} Google's`;
  if (Math.abs(aheadMs) >= WRONG_MS) return [clock.problem(text, "Set it, and let NTP keep it")];
  if (Math.abs(aheadMs) >= SUSPICIOUS_MS) return [clock.warning(text, "Let NTP keep it")];
  return [clock.ok("This machine's clock agrees with Google's")];
}
