import type { Config } from "../../config.ts";
import { PATHS } from "../../paths.ts";
import { type Ask, askHere, isBehindProxy } from "./ask_here.ts";
import { type Finding, findingsOf, reasonOf } from "./finding.ts";

const addresses = findingsOf("addresses");
const streams = findingsOf("streams");

/** Other requests of the same kind can come between; so many of them do not. */
const PROBES = 3;
/** A probe's two parts are 400 ms apart. */
const LEAST_GAP_MS = 150;

type Counts = Record<"header" | "connection" | "missing" | "not_trusted", number>;

/** Sends probes through the proxy: do they flow, and does the server see who sent them? */
export async function checkProbes(config: Config, ask: Ask): Promise<Finding[]> {
  try {
    const before = await readCounts(config);
    const gaps = await Promise.all(Array.from({ length: PROBES }, () => readGap(ask)));
    const after = before && (await readCounts(config));
    const flow = checkFlow(Math.max(...gaps));
    return isBehindProxy(config) && after ? [flow, checkCounts(before, after)] : [flow];
  } catch (error) {
    return [streams.problem(`A stream broke: ${reasonOf(error)}`, "See the proxy's log")];
  }
}

/** How the server saw probes so far; `null` if it cannot be asked. */
async function readCounts(config: Config): Promise<Counts | null> {
  return await askHere(config, PATHS.probes).then(
    async (answer) => (answer.ok ? ((await answer.json()) as Counts) : null),
    () => null,
  );
}

/** How many milliseconds lie between the first and the last part of a stream. */
async function readGap(ask: Ask): Promise<number> {
  const times: number[] = [];
  const answer = await ask(PATHS.probe);
  for await (const _ of answer.body ?? []) times.push(performance.now());
  return (times.at(-1) ?? 0) - (times[0] ?? 0);
}

function checkFlow(gapMs: number): Finding {
  if (gapMs >= LEAST_GAP_MS) return streams.ok("Events arrive at once");
  return streams.problem(
    "The proxy holds event streams back: open pages do not follow a sign-out",
    "Switch its buffering of answers off, or let it follow X-Accel-Buffering",
  );
}

function checkCounts(before: Counts, after: Counts): Finding {
  const came = (way: keyof Counts) => after[way] - before[way] >= PROBES;
  if (came("not_trusted")) {
    return addresses.problem(
      "Everybody seems to come from the proxy, as it is not in TRUSTED_PROXIES",
      "Name it there; the log line forwarded_for_not_trusted has its address",
    );
  }
  if (came("missing") || came("connection")) {
    return addresses.problem(
      "The proxy does not say who the client is: all people have the same address, or none",
      "Let it set X-Forwarded-For, as “foyer example” does",
    );
  }
  if (came("header")) return addresses.ok("The server sees where people come from");
  return addresses.warning("The probes went to another server", "Run the doctor beside the server");
}
