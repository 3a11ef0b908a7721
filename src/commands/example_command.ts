import { type Config, type Environment, readConfig } from "../config.ts";
import { ALERT_EXAMPLE, fillForPrometheus } from "../examples/alert_examples.ts";
import { fillExample, type Filling } from "../examples/fill_example.ts";
import { fillForMachine, MACHINE_EXAMPLES } from "../examples/machine_examples.ts";
import { fillForProxy, PROXY_EXAMPLES } from "../examples/proxy_examples.ts";
import { type Command, CommandError, type CommandGroup, readArguments } from "./command_line.ts";

/** `foyer example`: configurations of other programs, for these settings. */
export const EXAMPLE_COMMANDS: CommandGroup = {
  summary: "Prints configurations of other programs, filled in from the environment",
  commands: new Map([
    ["nginx", proxyExample("nginx", "nginx as the proxy in front")],
    ["caddy", proxyExample("caddy", "Caddy as the proxy in front, with certificates by itself")],
    ["haproxy", proxyExample("haproxy", "HAProxy as the proxy in front")],
    ["systemd", machineExample("systemd", "A hardened unit of systemd")],
    ["container", machineExample("container", "A container with nothing but Foyer")],
    ["alerts", alertExample()],
  ]),
};

function proxyExample(name: keyof typeof PROXY_EXAMPLES, summary: string): Command {
  const settings = "ORIGIN, HOST, PORT, TRUSTED_PROXIES and SHUTDOWN_SECONDS";
  return example({ name, summary, settings, template: PROXY_EXAMPLES[name] }, (config) =>
    fillForProxy(requireProxy(config)),
  );
}

function machineExample(name: keyof typeof MACHINE_EXAMPLES, summary: string): Command {
  const settings = "ORIGIN, PORT, DATABASE_URL and SHUTDOWN_SECONDS";
  return example({ name, summary, settings, template: MACHINE_EXAMPLES[name] }, fillForMachine);
}

function alertExample(): Command {
  const summary = "Alert rules of Prometheus";
  const settings = "ORIGIN and METRICS_PORT";
  return example({ name: "alerts", summary, settings, template: ALERT_EXAMPLE }, fillForPrometheus);
}

interface Example {
  name: string;
  summary: string;
  /** The variables that fill it in. */
  settings: string;
  template: string;
}

function example(
  { name, summary, settings, template }: Example,
  fill: (config: Config) => Filling,
): Command {
  const usage = `foyer example ${name}\n\n${summary}. ${settings} fill it in.`;
  return {
    summary,
    usage,
    run: async ({ env, print }, args) => {
      readArguments(args, { usage, count: 0, options: {} });
      print(fillExample(template, fill(readConfig(withPlaceholders(env)))).trimEnd());
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
