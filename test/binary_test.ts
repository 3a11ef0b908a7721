import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { devDependencies } from "../package.json";
import type { Licence } from "../src/build_info.ts";
import { CLIENT_ID, sharedStandIn } from "./fixture.ts";
import { type FoyerProcess, freePort, startFoyerProcess } from "./foyer_process.ts";
import { RemoteVisitor } from "./remote_visitor.ts";

const ROOT = join(import.meta.dir, "..");
let folder = "";
const binary = () => join(folder, "foyer");
const running: FoyerProcess[] = [];
/** One that no test stops or signs in to. */
let shared: ReturnType<typeof start>;

beforeAll(() => {
  const built = Bun.spawnSync([process.execPath, "run", "build"], { cwd: ROOT });
  if (!built.success) throw new Error(built.stderr.toString());
  folder = mkdtempSync(join(tmpdir(), "foyer-binary-"));
  copyFileSync(join(ROOT, "dist/foyer"), binary());
  shared = start();
}, 120_000);

afterAll(async () => {
  await Promise.all(running.map((foyer) => foyer.stop("SIGKILL")));
  rmSync(folder, { recursive: true, force: true });
});

/** Starts the binary in an empty folder of its own, with the stand-in for Google. */
async function start(env: Record<string, string> = {}) {
  const google = await sharedStandIn();
  const foyer = await startFoyerProcess([binary()], {
    cwd: mkdtempSync(join(folder, "run-")),
    env: {
      PORT: String(freePort()),
      GOOGLE_OAUTH2_CLIENT_ID: CLIENT_ID,
      GOOGLE_ACCOUNTS_URL: google.origin,
      GOOGLE_JWKS_URL: `${google.origin}/oauth2/v3/certs`,
      ...env,
    },
  });
  running.push(foyer);
  return { foyer, google, visitor: new RemoteVisitor(foyer.origin) };
}

/** Runs the binary until it ends by itself. */
function run(env: Record<string, string>, args: string[] = []) {
  const cwd = mkdtempSync(join(folder, "run-"));
  const { exitCode, stdout, stderr } = Bun.spawnSync([binary(), ...args], {
    cwd,
    env,
    timeout: 10_000,
  });
  return {
    exitCode,
    stdout: stdout.toString(),
    stderr: stderr.toString(),
    files: readdirSync(cwd),
  };
}

/** Loads every asset that an answer names, and returns their names. */
async function checkAssets(visitor: RemoteVisitor, answer: Response): Promise<string[]> {
  const html = await answer.text();
  const names: string[] = [];
  for (const [, path = ""] of html.matchAll(/(?:href|src|data-script)="(\/assets\/[^"]+)"/g)) {
    const asset = await visitor.get(path, { "accept-encoding": "br" });
    expect(asset.status).toBe(200);
    const isCompressed = /\.(?:js|css|svg)$/.test(path);
    expect(asset.headers.get("content-encoding")).toBe(isCompressed ? "br" : null);
    expect(asset.headers.get("cache-control")).toContain("immutable");
    expect((await asset.arrayBuffer()).byteLength).toBeGreaterThan(50);
    names.push(/([^/.]+)\.[0-9a-f]{12}\./.exec(path)?.[1] ?? path);
  }
  return names;
}

describe("the binary", () => {
  test("refuses to start without a client id, names it, and leaves nothing behind", () => {
    const { exitCode, stdout, stderr, files } = run({});
    expect(exitCode).toBe(2);
    expect(stderr).toContain("GOOGLE_OAUTH2_CLIENT_ID");
    expect(stdout).toBe("");
    expect(files).toEqual([]);
  });

  test("names every mistake in one message", () => {
    const { exitCode, stderr } = run({ PORT: "x", SESSION_MAX_AGE: "0", ORIGIN: "nowhere" });
    expect(exitCode).toBe(2);
    for (const name of ["PORT", "SESSION_MAX_AGE", "ORIGIN", "GOOGLE_OAUTH2_CLIENT_ID"]) {
      expect(stderr).toContain(`- ${name}`);
    }
  });

  test("warns once of a variable that is probably misspelt, and asks when it cannot start", async () => {
    expect(run({ GOOGLE_CLIENT_ID: "x" }).stderr).toContain(
      "did you mean GOOGLE_OAUTH2_CLIENT_ID?",
    );
    const { foyer } = await start({ ADMIN_EMAIL: "ada@example.com" });
    const lines = foyer
      .output()
      .split("\n")
      .filter((line) => line.includes("ADMIN_EMAIL"));
    expect(lines.length).toBe(1);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({
      level: "warn",
      event: "unknown_variable",
      name: "ADMIN_EMAIL",
      suggestion: "ADMIN_EMAILS",
    });
  });

  test("explains itself, and refuses words that it does not know", () => {
    expect(run({}, ["--help"])).toMatchObject({ exitCode: 0, stderr: "" });
    expect(run({}, ["serve"])).toMatchObject({ exitCode: 2, stdout: "" });
    expect(run({}, ["seed", "twice"])).toMatchObject({ exitCode: 2, stdout: "" });
  });

  test("says what it is, and the licence of everything that is inside", () => {
    const said = run({}, ["--version"]);
    expect(said).toMatchObject({ exitCode: 0, stderr: "", files: [] });
    expect(said.stdout).toMatch(/^Foyer \d+\.\d+\.\d+\ncommit {2}(?:[0-9a-f]{12}|unknown)/);
    const { stdout } = run({}, ["version", "--licences", "--json"]);
    const licences: Licence[] = JSON.parse(stdout);
    const names = licences.map(({ name }) => name);
    for (const name of ["foyer", "Bun", "SQLite", "elysia", "drizzle-orm", "jose", "htmx.org"]) {
      expect(names).toContain(name);
    }
    // What only builds and tests is not inside.
    expect(names.filter((name) => Object.hasOwn(devDependencies, name))).toEqual([]);
    expect(licences.filter(({ text }) => text.length < 50)).toEqual([]);
  });

  test("seeds a thousand customers, once, and needs no Google project for it", () => {
    const path = join(folder, "seeded.db");
    const env = { DATABASE_URL: `file:${path}` };
    expect(run(env, ["seed"])).toMatchObject({
      exitCode: 0,
      stdout: "Added 1000 customers; 0 already existed.\n",
    });
    expect(run(env, ["seed"]).stdout).toBe("Added 0 customers; 1000 already existed.\n");
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const wrong = run({ DATABASE_URL: "mysql://u:s3cret@h/x" }, ["seed"]);
    expect(wrong.exitCode).toBe(2);
    expect(wrong.stderr).toContain("DATABASE_URL");
    expect(wrong.stderr).not.toContain("s3cret");
  });

  test("refuses a database file that is none, in one line", () => {
    const path = join(folder, "diary.txt");
    writeFileSync(path, "Dear diary");
    const env = { GOOGLE_OAUTH2_CLIENT_ID: "x", DATABASE_URL: `file:${path}` };
    const { exitCode, stderr } = run(env);
    expect(exitCode).toBe(1);
    expect(stderr.trim()).toBe(
      `Foyer cannot use the database file ${path}: it is not an SQLite database`,
    );
    expect(readFileSync(path, "utf8")).toBe("Dear diary");
  });

  test("holds no word of the stand-in for Google", () => {
    const bytes = readFileSync(binary());
    expect(bytes.includes('id="content_section"') || bytes.includes("content_section")).toBe(true);
    expect(bytes.includes("stand-in for Google")).toBe(false);
    expect(bytes.includes("ada.lovelace")).toBe(false);
  });

  test("keeps its database to itself", async () => {
    const { foyer } = await shared;
    expect(statSync(join(foyer.cwd, "foyer.db")).mode & 0o777).toBe(0o600);
  });

  test("serves everything from one file, signs in and out, and ends in order", async () => {
    const { foyer, google, visitor } = await start();
    expect(await checkAssets(visitor, await visitor.get("/spa"))).toContain("app");
    expect(await visitor.signIn(google)).toBe("Ada Lovelace");
    const navbar = await visitor.fragment("/auth/auth_navbar");
    expect(await checkAssets(visitor, navbar)).toEqual(["signed_in"]);
    expect((await visitor.fragment("/htmx/content.secret1")).status).toBe(200);
    await visitor.post("/auth/logout");
    expect((await visitor.fragment("/htmx/content.secret1")).status).toBe(401);
    const { exitCode, ms } = await foyer.stop("SIGTERM");
    expect(exitCode).toBe(0);
    expect(ms).toBeLessThan(2000);
    expect(readdirSync(foyer.cwd)).toEqual(["foyer.db"]);
    const log = foyer
      .output()
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).event)
      // Where the tests run in a container, the start says so.
      .filter((event) => event !== "loopback_in_container");
    expect(log).toEqual(["started", "signed_in", "signed_out", "refused", "stopping", "stopped"]);
  });

  test("keeps people signed in over a restart", async () => {
    const { foyer, google, visitor } = await start();
    await visitor.signIn(google);
    await foyer.stop("SIGTERM");
    const again = await startFoyerProcess([binary()], foyer);
    running.push(again);
    expect((await visitor.fragment("/htmx/content.secret1")).status).toBe(200);
  });

  test("keeps people signed in over a crash, and nobody signed in who was not", async () => {
    const { foyer, google, visitor } = await start();
    await visitor.signIn(google);
    const out = visitor.clone();
    await visitor.post("/auth/logout");
    await visitor.signIn(google);
    await foyer.stop("SIGKILL");
    running.push(await startFoyerProcess([binary()], foyer));
    expect((await visitor.get("/auth/is_authenticated")).status).toBe(200);
    expect((await out.get("/auth/is_authenticated")).status).toBe(401);
  });

  test("lets a request in flight finish, and no open event stream hold it", async () => {
    const { foyer, google, visitor } = await start();
    await visitor.signIn(google);
    const events = await visitor.get("/auth/events");
    expect(events.status).toBe(200);
    const { socket, answer } = await visitor.openRequest("/auth/login", "credential=a.b.c");
    const ended = foyer.stop("SIGTERM");
    await foyer.outputHas('"stopping"');
    socket.write("credential=a.b.c");
    expect(await answer).toContain("malformed_credential");
    expect((await ended).exitCode).toBe(0);
    expect(await events.text()).toContain("retry:");
  });

  const HOSTS = ["a b", "[", "%", "", "a", "app", "evil.example", "localhost:99999"];
  for (const host of HOSTS) {
    test(`answers with its own headers and no code, whatever the Host: "${host}"`, async () => {
      const { visitor } = await shared;
      const answer = await visitor.sendRaw(
        `GET /healthz HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
      );
      expect(answer).toMatch(/^HTTP\/1\.1 (200|400) /);
      expect(answer.length).toBeLessThan(2000);
      expect(answer).not.toContain("<html");
    });
  }

  test("answers HTTP/1.0 without a Host, as health checkers send it", async () => {
    const { visitor } = await shared;
    expect(await visitor.sendRaw("GET /healthz HTTP/1.0\r\n\r\n")).toContain('{"status":"ok"}');
  });

  test("takes no settings and no code from the folder that it is started in", () => {
    const cwd = mkdtempSync(join(folder, "run-"));
    writeFileSync(join(cwd, "bunfig.toml"), 'preload = ["./evil.ts"]');
    writeFileSync(join(cwd, "evil.ts"), 'console.log("EVIL")');
    writeFileSync(join(cwd, ".env"), "GOOGLE_OAUTH2_CLIENT_ID=from-a-file");
    const { exitCode, stdout } = Bun.spawnSync([binary()], { cwd, env: {}, timeout: 10_000 });
    expect(exitCode).toBe(2);
    expect(stdout.toString()).toBe("");
  });

  test("serves metrics where METRICS_PORT says, and says what it is", async () => {
    const METRICS_PORT = String(freePort());
    await start({ METRICS_PORT });
    const metrics = await (await fetch(`http://127.0.0.1:${METRICS_PORT}/metrics`)).text();
    expect(metrics).toMatch(
      /^foyer_build_info\{version="[\d.]+",commit="[^"]+",bun="1\.4\.5"\} 1$/m,
    );
    expect(metrics).toMatch(/^process_cpu_seconds_total 0\.\d+$/m);
    expect(metrics).toContain('\nfoyer_sign_ins_total{outcome="signed_in"} 0\n');
  });

  test("says when its port is taken", async () => {
    const { foyer } = await start();
    const { exitCode, stderr } = run({
      PORT: new URL(foyer.origin).port,
      GOOGLE_OAUTH2_CLIENT_ID: "x",
    });
    expect(exitCode).toBe(1);
    expect(stderr).toContain("the port is taken");
  });
});
