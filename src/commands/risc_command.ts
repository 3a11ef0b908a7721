import { EVENT_KINDS } from "../auth/account_event.ts";
import { createToken } from "../auth/token.ts";
import { ConfigError, type Environment, parseVariable } from "../config.ts";
import { findWeakTls } from "../config/conflicts.ts";
import { isLoopback, origin, url } from "../config/values.ts";
import { PATHS } from "../paths.ts";
import {
  type Command,
  type CommandContext,
  type CommandGroup,
  readArguments,
  UsageError,
} from "./command_line.ts";
import { createGoogleRisc, GOOGLE_RISC_URL, type GoogleRisc } from "./google_risc.ts";
import { readGoogleRiscKey } from "./google_risc_key.ts";

type Action = (google: GoogleRisc, context: CommandContext) => Promise<void>;

/** `foyer risc`: sets up Cross-Account Protection at Google. */
export const RISC_COMMANDS: CommandGroup = {
  summary: "Sets up the delivery of security events from Google",
  commands: new Map([
    action("register", `Tells Google to deliver security events to ORIGIN${PATHS.risc}`, register),
    action("status", "Shows where Google delivers security events, and which ones", showStatus),
    action("verify", "Asks Google to send a test event", verify),
  ]),
};

function action(name: string, summary: string, act: Action): [string, Command] {
  const usage = `foyer risc ${name} --key-file PATH

${summary}.

PATH is the key file of a service account with the role “RISC Configuration Admin”.`;
  const run = async (context: CommandContext, args: string[]) => {
    const options = { "key-file": { type: "string" } } as const;
    const { values } = readArguments(args, { usage, count: 0, options });
    const path = values["key-file"];
    if (!path) throw new UsageError(usage);
    const api = readApiUrl(context.env);
    // Checks ORIGIN before it sends anything.
    if (act === register) readReceiver(context.env);
    const key = await readGoogleRiscKey(path);
    await act(createGoogleRisc({ key, url: api }), context);
  };
  return [name, { summary, usage, run }];
}

async function register(google: GoogleRisc, { env, print }: CommandContext): Promise<void> {
  const receiver = readReceiver(env);
  await google.register(receiver);
  print(`Google now delivers security events to ${receiver}. Test it: foyer risc verify`);
}

async function showStatus(google: GoogleRisc, { print }: CommandContext): Promise<void> {
  const { url: receiver, events, status } = await google.readStream();
  print(`Google delivers security events to ${receiver} (${status}):`);
  for (const uri of events) print(`  ${EVENT_KINDS.get(uri) ?? uri}`);
  const missing = [...EVENT_KINDS].filter(([uri]) => !events.includes(uri));
  for (const [, kind] of missing) print(`  not requested: ${kind}`);
}

async function verify(google: GoogleRisc, { print, random }: CommandContext): Promise<void> {
  const state = createToken(random);
  await google.verify(state);
  print(`Google will send a verification event with the state ${state}.`);
}

/** The URL of Google's API, or of a local stand-in. */
function readApiUrl(env: Environment): string {
  const { GOOGLE_RISC_URL: text } = env;
  if (!text) {
    const mistakes = findWeakTls(env);
    if (mistakes.length > 0) throw new ConfigError(mistakes);
    return GOOGLE_RISC_URL;
  }
  const api = parseVariable("GOOGLE_RISC_URL", () => url(text)).replace(/\/$/, "");
  if (isLoopback(new URL(api).hostname)) return api;
  throw new ConfigError(["GOOGLE_RISC_URL is only for a local stand-in: unset it"]);
}

/** Where Foyer receives events: at the public https origin, or locally if the stand-in is local too. */
function readReceiver({ ORIGIN, GOOGLE_RISC_URL: standIn }: Environment): string {
  const own = parseVariable("ORIGIN", () => origin(ORIGIN ?? ""));
  if (!standIn && isLoopback(new URL(own).hostname)) {
    throw new ConfigError([`ORIGIN must be the public https origin, not "${own}"`]);
  }
  return own + PATHS.risc;
}
