import { type Config, type Environment, readConfig } from "../config.ts";
import { fillExample } from "../examples/fill_example.ts";
import { fillForProxy, PROXY_EXAMPLES } from "../examples/proxy_examples.ts";
import { type Command, CommandError, type CommandGroup, readArguments } from "./command_line.ts";

/** `foyer example`: configurations of other programs, for these settings. */
export const EXAMPLE_COMMANDS: CommandGroup = {
  summary: "Prints configurations of other programs, filled in from the environment",
  commands: new Map([
    ["nginx", proxyExample("nginx", "nginx as the proxy in front")],
    ["caddy", proxyExample("caddy", "Caddy as the proxy in front, with certificates by itself")],
    ["haproxy", proxyExample("haproxy", "HAProxy as the proxy in front")],
  ]),
};

function proxyExample(name: keyof typeof PROXY_EXAMPLES, summary: string): Command {
  const usage = `foyer example ${name}

Prints a configuration for ${summary}. ORIGIN, HOST, PORT, TRUSTED_PROXIES and SHUTDOWN_SECONDS fill it in.`;
  return example({ summary, usage }, (config) =>
    fillExample(PROXY_EXAMPLES[name], fillForProxy(requireProxy(config))),
  );
}

function example(
  about: Pick<Command, "summary" | "usage">,
  write: (config: Config) => string,
): Command {
  return {
    ...about,
    run: async ({ env, print }, args) => {
      readArguments(args, { usage: about.usage, count: 0, options: {} });
      print(write(readConfig(withPlaceholders(env))).trimEnd());
    },
  };
}

/** Stand for what is not set yet, so that there is something to read. */
const PLACEHOLDERS = {
  ORIGIN: "https://app.example.com",
  GOOGLE_OAUTH2_CLIENT_ID: "example.apps.googleusercontent.com",
};

function withPlaceholders(env: Environment): Environment {
  const missing = Object.entries(PLACEHOLDERS).filter(([name]) => !env[name]);
  return { ...env, ...Object.fromEntries(missing) };
}

function requireProxy(config: Config): Config {
  if (config.tls) {
    throw new CommandError("Foyer serves https itself, as TLS_CERT is set: it needs no proxy");
  }
  if (config.origin.startsWith("https:")) return config;
  throw new CommandError(`ORIGIN "${config.origin}" is http: set it to the public https origin`);
}
