import { type Environment, parseVariable } from "../config.ts";
import { localUrl, readServerAddress } from "../config/address.ts";
import { integer } from "../config/values.ts";
import { PATHS } from "../paths.ts";
import {
  type Command,
  type CommandContext,
  CommandError,
  readArguments,
  UsageError,
} from "./command_line.ts";
import { createShow, JSON_OPTION } from "./show.ts";

const MOST_SECONDS = 3600;
const ASK_EVERY_MS = 100;
const TIMEOUT_MS = 5000;
const MAX_ANSWER = 4096;

/** `foyer health`: whether the running server is ready. */
export const HEALTH_COMMAND: Command = {
  summary: "Asks the running server whether it is ready; exit code 1 if it is not",
  usage: `foyer health [--wait SECONDS] [--json]

Asks ${PATHS.ready} of the server that runs on this machine with the same HOST, PORT, ORIGIN and TLS_CERT, and shows the
answer. The exit code is 1 if it is not ready, or does not answer.

--wait SECONDS  Asks again until it is ready, for at most so long
--json          Shows one JSON value`,
  run: async (context, args) => {
    const options = { wait: { type: "string" }, ...JSON_OPTION } as const;
    const { values } = readArguments(args, { usage: HEALTH_COMMAND.usage, count: 0, options });
    const waitMs = 1000 * readWait(values.wait);
    const url = readUrl(context.env);
    const health = await waitUntilReady(url, { ...context, waitMs });
    await createShow(context, values)({ url, ...health }, describe(health));
    if (!health.isReady) throw new CommandError(`${url} is not ready`);
  },
};

/** What the server says, or why it says nothing. */
interface Health {
  isReady: boolean;
  answer: Record<string, unknown> | null;
  cause: string | null;
}

function readWait(text = "0"): number {
  try {
    return integer(0, MOST_SECONDS)(text);
  } catch (error) {
    throw new UsageError(HEALTH_COMMAND.usage, `--wait ${(error as Error).message}`);
  }
}

function readUrl(env: Environment): string {
  const hasTls = Boolean(env.TLS_CERT);
  const address = readServerAddress(
    (name, parse, fallback) => {
      const text = env[name];
      return text ? parseVariable(name, () => parse(text)) : fallback;
    },
    { hasTls },
  );
  return localUrl(address, { hasTls }) + PATHS.ready;
}

async function waitUntilReady(
  url: string,
  { now, every, waitMs }: Pick<CommandContext, "now" | "every"> & { waitMs: number },
): Promise<Health> {
  const end = now() + waitMs;
  for (;;) {
    const leftMs = waitMs > 0 ? Math.max(ASK_EVERY_MS, end - now()) : TIMEOUT_MS;
    const health = await ask(url, Math.min(leftMs, TIMEOUT_MS));
    if (health.isReady || now() >= end) return health;
    await pause(every);
  }
}

async function pause(every: CommandContext["every"]): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const stop = every(ASK_EVERY_MS, resolve);
  await promise;
  stop();
}

async function ask(url: string, timeoutMs: number): Promise<Health> {
  try {
    const response = await fetch(url, {
      redirect: "error",
      signal: AbortSignal.timeout(timeoutMs),
      // It is this machine's own server: no proxy leads to it.
      proxy: false,
      // Its certificate is for the public name, not for this address. Nothing secret is said or heard.
      tls: { rejectUnauthorized: false },
    });
    const answer = readAnswer((await response.text()).slice(0, MAX_ANSWER));
    if (!answer) return { isReady: false, answer, cause: `answered ${response.status}` };
    return { isReady: response.status === 200 && answer.status === "ready", answer, cause: null };
  } catch (error) {
    const { code, name } = error as { code?: string; name: string };
    return { isReady: false, answer: null, cause: code ?? name };
  }
}

function readAnswer(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === "object" && value !== null && "status" in value;
    return isObject ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function describe({ answer, cause }: Health): string[] {
  if (!answer) return [`no answer of Foyer (${cause})`];
  const { status, ...parts } = answer;
  return [String(status), ...Object.entries(parts).map(([name, value]) => `${name}  ${value}`)];
}
