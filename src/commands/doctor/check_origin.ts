import type { Config } from "../../config.ts";
import { PATHS } from "../../paths.ts";
import { type Ask, isBehindProxy, isFoyers } from "./ask_here.ts";
import { readDaysLeft } from "./certificate.ts";
import { checkBinding } from "./check_binding.ts";
import { checkProbes } from "./check_probes.ts";
import { checkProxy } from "./check_proxy.ts";
import { type Finding, findingsOf, reasonOf, TIMEOUT_MS } from "./finding.ts";

const origin = findingsOf("origin");
const certificate = findingsOf("certificate");

const SOON_DAYS = 14;

/** Checks what comes back from the public origin, over the network and through the proxy. */
export async function checkOrigin(config: Config, now: () => number): Promise<Finding[]> {
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(config.origin + path, {
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...init,
    });
  const reached = await checkReached(config, ask);
  const isHttps = config.origin.startsWith("https:");
  const dates = isHttps ? await checkCertificate(config.origin, now()) : [];
  if (reached) return [reached, ...dates];
  return [
    await checkRedirect(config, ask),
    ...dates,
    ...(isBehindProxy(config) ? await checkProxy(ask) : []),
    ...(await checkProbes(config, ask)),
    ...(await checkBinding(config, ask)),
  ];
}

/** Why Foyer does not answer there; `null` if it does. */
async function checkReached(config: Config, ask: Ask): Promise<Finding | null> {
  try {
    const answer = await ask(PATHS.health);
    if (isFoyers(answer)) return null;
    const isGateway = [502, 503, 504].includes(answer.status);
    return isGateway
      ? origin.problem(
          `${config.origin}: the proxy answers ${answer.status}`,
          `Let it pass requests to ${config.host}, port ${config.port}`,
        )
      : origin.problem(
          `${config.origin}: another program answers (${answer.status} without X-Answered-By)`,
          "Let the proxy pass all paths and all headers of answers",
        );
  } catch (error) {
    return origin.problem(
      `${config.origin} does not answer: ${reasonOf(error)}`,
      "See its DNS entry, its certificate with the whole chain, the firewall and the proxy",
    );
  }
}

/** Whether what answers has the same origin and the same client id, by where it sends people to sign in. */
async function checkRedirect(config: Config, ask: Ask): Promise<Finding> {
  const answer = await ask(PATHS.google);
  const location = URL.parse(answer.headers.get("location") ?? "");
  const query = location?.searchParams;
  const returnsTo = query?.get("redirect_uri") ?? "nowhere";
  if (returnsTo !== config.origin + PATHS.callback) {
    return origin.problem(
      `What answers at ${config.origin} has people return to ${returnsTo}`,
      "Set ORIGIN to what browsers show, for the server too",
    );
  }
  if (query?.get("client_id") !== config.googleClientId) {
    const text = `What answers at ${config.origin} has another GOOGLE_OAUTH2_CLIENT_ID`;
    return origin.problem(text, "Run the doctor with the server's own settings");
  }
  return origin.ok(`${config.origin} is answered by Foyer, and people return there`);
}

async function checkCertificate(url: string, now: number): Promise<Finding[]> {
  const days = await readDaysLeft(url, now);
  if (days === null) {
    return [certificate.warning("It could not be read from here", "Look at it in a browser")];
  }
  const text = days < 0 ? "It has expired" : `It is valid for ${days} days`;
  const cure = "Renew it, and see why that did not happen by itself";
  if (days < 0) return [certificate.problem(text, cure)];
  return [days < SOON_DAYS ? certificate.warning(text, cure) : certificate.ok(text)];
}
