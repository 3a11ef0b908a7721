import { describe, expect, test } from "bun:test";

import { COMMANDS } from "../../src/commands/commands.ts";
import type { Environment } from "../../src/config.ts";
import { fillExample } from "../../src/examples/fill_example.ts";
import { runInProcess } from "./run_in_process.ts";

const GROUP = COMMANDS.get("example");
const NAMES = GROUP && "commands" in GROUP ? [...GROUP.commands.keys()] : [];
const FORWARD = ["nginx-forward", "caddy-forward"];
const PROXIES = ["nginx", "caddy", "haproxy", ...FORWARD];
const ORIGIN = "https://app.example.com";
/** What the examples for other applications need beside it. */
const SITES = {
  COOKIE_DOMAIN: "example.com",
  FORWARD_AUTH_ORIGINS: "https://wiki.example.com members",
};

const print = (name: string, env: Environment = { ORIGIN }) =>
  runInProcess(["example", name], {
    ...(FORWARD.includes(name) && env.ORIGIN ? SITES : {}),
    ...env,
  });

describe("each example", () => {
  test("is one of those that the README lists", () => {
    expect(NAMES.toSorted()).toEqual([...PROXIES, "alerts", "container", "systemd"].toSorted());
  });

  for (const name of NAMES) {
    test(`${name} is filled in completely, says where it goes, and fits a terminal`, async () => {
      const text = await print(name, { ORIGIN: "https://sign-in.example.com" });
      expect(text).toContain("https://sign-in.example.com");
      // Prometheus has such places of its own, with a dollar.
      expect(text).not.toMatch(/\{\{\s*\w/);
      expect(text).toMatch(/^# .*(?:Save as|Put the binary)/);
      expect(text.split("\n").filter((line) => line.length > 140)).toEqual([]);
    });

    test(`${name} can be read before anything is set`, async () => {
      expect(await print(name, {})).toContain(ORIGIN);
    });

    test(`${name} names every setting that is wrong`, async () => {
      const wrong = { ORIGIN: "ftp://x", PORT: "0", TRUSTED_PROXIES: "nobody" };
      const mistakes = ["ORIGIN ", "PORT ", "TRUSTED_PROXIES "].map((each) =>
        expect.stringMatching(new RegExp(`^${each}`)),
      );
      await expect(print(name, wrong)).rejects.toMatchObject({
        name: "ConfigError",
        mistakes: expect.arrayContaining(mistakes),
      });
    });
  }
});

describe("an example of a proxy", () => {
  const HOSTS: [host: string, upstream: string][] = [
    ["127.0.0.1", "127.0.0.1:3000"],
    ["10.0.0.5", "10.0.0.5:3000"],
    ["0.0.0.0", "127.0.0.1:3000"],
    ["::", "[::1]:3000"],
    ["::1", "[::1]:3000"],
  ];
  for (const name of PROXIES) {
    for (const [HOST, upstream] of HOSTS) {
      test(`leads ${name} to ${upstream} where Foyer listens on ${HOST}`, async () => {
        expect(await print(name, { ORIGIN, HOST })).toContain(` ${upstream}`);
      });
    }

    test(`has ${name} believe those proxies that Foyer believes`, async () => {
      const text = await print(name, { ORIGIN, TRUSTED_PROXIES: "10.0.0.0/8, 2001:db8::7" });
      expect(text).toMatch(/10\.0\.0\.0\/8( 1;)?\s+2001:db8::7\/128/);
      expect(text).not.toContain("127.0.0.0/8");
    });

    test(`of ${name} is for https, and never for plain http`, async () => {
      const env = { COOKIE_DOMAIN: "", FORWARD_AUTH_ORIGINS: "http://localhost:8081 members" };
      const printed = print(name, { ...env, ORIGIN: "http://localhost:3000" });
      await expect(printed).rejects.toThrow("is http");
    });
  }

  for (const [name, waits] of [
    ["caddy", "lb_try_duration 35s"],
    ["haproxy", "retries 35"],
  ] as const) {
    test(`has ${name} wait longer than a shutdown takes`, async () => {
      expect(await print(name, { ORIGIN, SHUTDOWN_SECONDS: "30" })).toContain(waits);
    });
  }

  test("listens where the origin says", async () => {
    const env = { ORIGIN: "https://app.example.com:8443" };
    expect(await print("nginx", env)).toContain("listen 8443 ssl");
    expect(await print("haproxy", env)).toContain("bind :8443 ssl");
    expect(await print("caddy", env)).toContain("\nhttps://app.example.com:8443 {");
  });
});

describe("an example in front of other applications", () => {
  const HERE = { COOKIE_DOMAIN: "", FORWARD_AUTH_ORIGINS: `${ORIGIN}:8443 members` };
  const NOBODY = { COOKIE_DOMAIN: "", FORWARD_AUTH_ORIGINS: "" };

  for (const name of FORWARD) {
    test(`${name} begins with Foyer's own host, as without them`, async () => {
      const own = await print(name.replace("-forward", ""));
      expect(await print(name)).toStartWith(own);
    });

    test(`${name} has a part for each, which tells Foyer's origin from theirs`, async () => {
      const FORWARD_AUTH_ORIGINS =
        'https://wiki.example.com:8443 "The $& Wiki" members, https://x.example.com admins';
      const text = await print(name, { ORIGIN, FORWARD_AUTH_ORIGINS });
      expect(text).toContain("\n# The $& Wiki\n");
      expect(text).toMatch(/[Ff]oyer.[Oo]rigin "?https:\/\/wiki\.example\.com:8443"?;?$/m);
      expect(text).toMatch(/[Ff]oyer.[Oo]rigin "?https:\/\/x\.example\.com"?;?$/m);
      expect(text).toMatch(/127\.0\.0\.1:8081[^]*127\.0\.0\.1:8082/);
    });

    test(`${name} needs to know them`, async () => {
      await expect(print(name, { ORIGIN, ...NOBODY })).rejects.toThrow(
        "FORWARD_AUTH_ORIGINS is not",
      );
    });

    test(`${name} takes another port of Foyer's own host`, async () => {
      expect(await print(name, { ORIGIN, ...HERE })).toContain(`${ORIGIN}:8443`);
    });

    test(`${name} puts no application where Foyer's own pages are`, async () => {
      const env = { ORIGIN, COOKIE_DOMAIN: "", FORWARD_AUTH_ORIGINS: `${ORIGIN} members` };
      await expect(print(name, env)).rejects.toThrow();
    });
  }

  test("nginx redirects each host from http once", async () => {
    const redirects = (text: string) => text.match(/^ {2}return 301 .*$/gm);
    expect(redirects(await print("nginx-forward", { ORIGIN }))).toEqual([
      `  return 301 ${ORIGIN}$request_uri;`,
      "  return 301 https://wiki.example.com$request_uri;",
    ]);
    expect(redirects(await print("nginx-forward", { ORIGIN, ...HERE }))).toHaveLength(1);
  });
});

test("the alert rules know where the metrics are", async () => {
  const own = await print("alerts", { ORIGIN, METRICS_PORT: "9100" });
  expect(own).toContain('targets: ["127.0.0.1:9100"]');
  expect(own).toContain("METRICS_PORT=9100.");
  const other = await print("alerts", { ORIGIN, METRICS_PORT: "[::1]:9100" });
  expect(other).toContain('targets: ["[::1]:9100"]');
  expect(other).toContain("METRICS_PORT=[::1]:9100.");
});

test.each(["systemd", "container"])(
  "%s has the address of a PostgreSQL in a file, and no folder",
  async (name) => {
    const text = await print(name, { ORIGIN, DATABASE_URL: "postgres://u:s3cr3t@db/foyer" });
    expect(text).toMatch(/ DATABASE_URL_FILE=|=DATABASE_URL_FILE=/);
    expect(text).not.toMatch(/s3cr3t|foyer\.db\b|VOLUME|StateDirectory|ReadWritePaths|\n\n\n/);
    expect(await print(name)).toMatch(/VOLUME|StateDirectory/);
  },
);

test("a template that names what there is not is refused", () => {
  expect(() => fillExample("a {{nothing}}", { values: {}, networks: [] })).toThrow("{{nothing}}");
  const filled = fillExample("{{a}}\n{{network}}!", { values: { a: 1 }, networks: ["$&", "y"] });
  expect(filled).toBe("1\n$&!\ny!");
});
