import { type Config, type Environment, readConfig } from "../config.ts";
import { ALERT_EXAMPLE, fillForPrometheus } from "../examples/alert_examples.ts";
import { fillExample } from "../examples/fill_example.ts";
import { fillForForward, FORWARD_EXAMPLES } from "../examples/forward_examples.ts";
import { fillForMachine, MACHINE_EXAMPLES } from "../examples/machine_examples.ts";
import { fillForProxy, PROXY_EXAMPLES } from "../examples/proxy_examples.ts";
import { type Command, CommandError, type CommandGroup, readArguments } from "./command_line.ts";

const PROXY_SETTINGS = "ORIGIN, HOST, PORT, TRUSTED_PROXIES and SHUTDOWN_SECONDS";

/** `foyer example`: configurations of other programs, for these settings. */
export const EXAMPLE_COMMANDS: CommandGroup = {
  summary: "Prints configurations of other programs, filled in from the environment",
  commands: new Map([
    ["nginx", proxyExample("nginx", "nginx as the proxy in front")],
    ["caddy", proxyExample("caddy", "Caddy as the proxy in front, with certificates by itself")],
    ["haproxy", proxyExample("haproxy", "HAProxy as the proxy in front")],
    ["nginx-forward", forwardExample("nginx", "nginx in front of Foyer and other applications")],
    ["caddy-forward", forwardExample("caddy", "Caddy in front of Foyer and other applications")],
    ["systemd", machineExample("systemd", "A hardened unit of systemd")],
    ["container", machineExample("container", "A container with nothing but Foyer")],
    ["alerts", alertExample()],
  ]),
};

function proxyExample(name: keyof typeof PROXY_EXAMPLES, summary: string): Command {
  return example({ name, summary, settings: PROXY_SETTINGS }, (env) =>
    fillExample(PROXY_EXAMPLES[name], fillForProxy(requireProxy(read(env)))),
  );
}

function forwardExample(name: keyof typeof FORWARD_EXAMPLES, summary: string): Command {
  const settings = `FORWARD_AUTH_ORIGINS, ${PROXY_SETTINGS}`;
  return example({ name: `${name}-forward`, summary, settings }, (env) =>
    fillForForward(name, requireSites(requireProxy(read(env, FORWARD_PLACEHOLDERS)))),
  );
}

function machineExample(name: keyof typeof MACHINE_EXAMPLES, summary: string): Command {
  const settings = "ORIGIN, PORT, DATABASE_URL and SHUTDOWN_SECONDS";
  return example({ name, summary, settings }, (env) =>
    fillExample(MACHINE_EXAMPLES[name], fillForMachine(read(env))),
  );
}

function alertExample(): Command {
  const summary = "Alert rules of Prometheus";
  const settings = "ORIGIN and METRICS_PORT";
  return example({ name: "alerts", summary, settings }, (env) =>
    fillExample(ALERT_EXAMPLE, fillForPrometheus(read(env))),
  );
}

interface Example {
  name: string;
  summary: string;
  /** The variables that fill it in. */
  settings: string;
}

function example(
  { name, summary, settings }: Example,
  write: (env: Environment) => string,
): Command {
  const usage = `foyer example ${name}\n\n${summary}. ${settings} fill it in.`;
  return {
    summary,
    usage,
    run: async ({ env, print }, args) => {
      readArguments(args, { usage, count: 0, options: {} });
      print(write(env).trimEnd());
    },
  };
}

/** Stand for what is not set yet, so that there is something to read. */
const PLACEHOLDERS = {
  ORIGIN: "https://app.example.com",
  GOOGLE_OAUTH2_CLIENT_ID: "example.apps.googleusercontent.com",
};

/** Applications to read about, where not even `ORIGIN` is set. */
const FORWARD_PLACEHOLDERS = {
  COOKIE_DOMAIN: "example.com",
  FORWARD_AUTH_ORIGINS:
    'https://wiki.example.com "Wiki" members, https://grafana.example.com admins',
};

function read(env: Environment, placeholdersOfAll: Environment = {}): Config {
  const placeholders = env.ORIGIN ? PLACEHOLDERS : { ...PLACEHOLDERS, ...placeholdersOfAll };
  const missing = Object.entries(placeholders).filter(([name]) => !env[name]);
  return readConfig({ ...env, ...Object.fromEntries(missing) });
}

function requireProxy(config: Config): Config {
  if (config.tls) {
    throw new CommandError("Foyer serves https itself, as TLS_CERT is set: it needs no proxy");
  }
  if (config.origin.startsWith("https:")) return config;
  throw new CommandError(`ORIGIN "${config.origin}" is http: set it to the public https origin`);
}

function requireSites(config: Config): Config {
  const { origin, sites } = config;
  if (sites.length === 0) {
    throw new CommandError("FORWARD_AUTH_ORIGINS is not set: name the applications to protect");
  }
  if (sites.every((site) => site.origin !== origin)) return config;
  throw new CommandError(
    `FORWARD_AUTH_ORIGINS has ORIGIN itself, ${origin}: an application there could act as Foyer's own pages. ` +
      "Give it a port or a host of its own",
  );
}
