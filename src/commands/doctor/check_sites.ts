import type { Config } from "../../config.ts";
import { enterPath, PATHS } from "../../paths.ts";
import { type Finding, findingsOf, reasonOf, TIMEOUT_MS } from "./finding.ts";

const applications = findingsOf("applications");

/** A proxy has no rule of its own for this path. People must come back to it with its query. */
const PATH = "/foyer-doctor?page=1";

const NAVIGATION = {
  accept: "text/html",
  "sec-fetch-mode": "navigate",
  "sec-fetch-dest": "document",
};

/** What only a proxy may say, in a client's own words. */
const FORGED = {
  "x-foyer-origin": "https://doctor.invalid",
  "x-forwarded-host": "doctor.invalid",
  "x-auth-request-user": "doctor",
  "x-auth-request-admin": "true",
};

/** Asks each protected application as a stranger: it must be closed, and lead people to the way in. */
export async function checkSites(config: Config): Promise<Finding[]> {
  const findings = config.sites.map(async ({ origin }) => {
    const ask = (headers: Record<string, string>) =>
      fetch(origin + PATH, {
        redirect: "manual",
        signal: AbortSignal.timeout(TIMEOUT_MS),
        headers,
      });
    try {
      return await checkSite(config, { origin, ask });
    } catch (error) {
      const text = `${origin} does not answer: ${reasonOf(error)}`;
      return applications.problem(text, "See its DNS entry, its certificate and the proxy");
    }
  });
  return await Promise.all(findings);
}

interface AskedSite {
  origin: string;
  ask: (headers: Record<string, string>) => Promise<Response>;
}

async function checkSite(config: Config, { origin, ask }: AskedSite): Promise<Finding> {
  return (
    checkClosed(origin, await ask({})) ??
    (await checkWayIn(config, { origin, ask })) ??
    applications.ok(`${origin} is closed to strangers, and leads people to the way in`)
  );
}

/** What is wrong with the answer to a stranger's script, or `null`. */
function checkClosed(origin: string, { status }: Response): Finding | null {
  if (status === 401) return null;
  if (status === 403) {
    return applications.problem(
      `${origin} answers 403: X-Foyer-Origin is missing, or is not this origin`,
      `Let the proxy set X-Foyer-Origin to ${origin}`,
    );
  }
  if (status >= 500) {
    return applications.problem(
      `${origin} answers ${status}: it is closed to everybody`,
      `Let the proxy reach Foyer's ${PATHS.verify}, and see its log`,
    );
  }
  return applications.problem(
    `${origin} answers ${status} to strangers: it is open to everybody`,
    `Let the proxy ask ${PATHS.verify} first, for every path`,
  );
}

/** What is wrong with the way of people who are not signed in, or `null`. */
async function checkWayIn(config: Config, { origin, ask }: AskedSite): Promise<Finding | null> {
  const page = await ask(NAVIGATION);
  const led = page.headers.get("location") ?? "";
  const back = URL.parse(URL.parse(led)?.searchParams.get("return") ?? "");
  if (!led.startsWith(config.origin + PATHS.enter) || !back) {
    return applications.problem(
      `${origin} answers ${page.status} to people: it does not lead them to the way in`,
      `Let the proxy pass Sec-Fetch-Mode and Accept to ${PATHS.verify}, and its answer to people`,
    );
  }
  if (back.origin !== origin) {
    return applications.problem(
      `${origin} leads people to ${back.origin}`,
      `Let the proxy set X-Foyer-Origin to ${origin}`,
    );
  }
  const forged = await ask({ ...NAVIGATION, ...FORGED });
  if (forged.status !== page.status || forged.headers.get("location") !== led) {
    return applications.problem(
      `${origin} believes what clients say about themselves (${page.status}, then ${forged.status})`,
      "Let the proxy replace X-Foyer-Origin and remove every X-Auth-Request header",
    );
  }
  if (led === config.origin + enterPath(origin + PATH)) return null;
  return applications.warning(
    `${origin} does not let people come back to the page that they asked for`,
    "Let the proxy set X-Forwarded-Uri to path and query, and X-Forwarded-Method",
  );
}
