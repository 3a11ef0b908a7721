import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { buildBinary } from "../build_binary.ts";
import { CLIENT_ID, sharedStandIn } from "../fixture.ts";
import { freePort, startFoyerProcess } from "../foyer_process.ts";
import { BUBBLEWRAP } from "../programs.ts";
import { buildContainer, type Container, insideContainer } from "./container_files.ts";

/** Whether bubblewrap may do here what it is for: some containers forbid it to everybody. */
const isRunnable =
  BUBBLEWRAP.isInstalled &&
  Bun.spawnSync([BUBBLEWRAP.path, "--unshare-all", "--ro-bind", "/", "/", "true"]).success;

describe.skipIf(!isRunnable)("the container", () => {
  const port = freePort();
  let folder = "";
  let container: Container;
  /** The files in it, before anything has run there. */
  let files: string[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "foyer-container-"));
    const binary = buildBinary(folder);
    // The template is inside the binary.
    const env = { PORT: String(port) };
    const printed = Bun.spawnSync([binary, "example", "container"], { cwd: "/", env });
    container = buildContainer(printed.stdout.toString(), { folder, binary });
    files = readdirSync(container.root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => name);
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  test("holds the binary, what it is linked with, certificates, and nothing else", () => {
    const allowed =
      /^(?:foyer|ca-certificates\.crt|nsswitch\.conf|ld-linux\S*|lib(?:c|m|dl|pthread)\.so\.6?2?|lib\w+\.so\.\d)$/;
    expect(files.filter((name) => !allowed.test(name))).toEqual([]);
    expect(files).toContain("foyer");
    expect(files).toContain("ca-certificates.crt");
    expect(files.length).toBeLessThan(10);
  });

  test("starts with its own settings, open to the container's network, as nobody in particular", async () => {
    const env = {
      ...container.env,
      ORIGIN: "https://app.example.com",
      GOOGLE_OAUTH2_CLIENT_ID: "x",
    };
    const command = insideContainer(container, {
      command: container.entrypoint,
      hasNetwork: false,
    });
    const foyer = await startFoyerProcess(command, { cwd: "/", env });
    expect(foyer.output()).toContain('"host":"0.0.0.0"');
    expect(container.user).toBe("65532:65532");
    expect(statSync(join(container.root, "data/foyer.db")).mode & 0o777).toBe(0o600);
    await foyer.stop("SIGKILL");
  });

  test("serves pages, is found healthy from inside, and unhealthy when it has ended", async () => {
    const google = await sharedStandIn();
    const env = {
      ...container.env,
      // The stand-in for Google is for loopback only.
      HOST: "127.0.0.1",
      ORIGIN: `http://localhost:${port}`,
      GOOGLE_OAUTH2_CLIENT_ID: CLIENT_ID,
      GOOGLE_ACCOUNTS_URL: google.origin,
      GOOGLE_JWKS_URL: `${google.origin}/oauth2/v3/certs`,
    };
    const inside = (command: string[]) => insideContainer(container, { command, hasNetwork: true });
    const check = (...more: string[]) =>
      Bun.spawnSync(inside([...container.healthcheck, ...more]), { env }).exitCode;
    const foyer = await startFoyerProcess(inside(container.entrypoint), { cwd: "/", env });
    const page = await fetch(`http://127.0.0.1:${port}/spa`);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('id="content_section"');
    expect(check("--wait", "10")).toBe(0);
    expect(check()).toBe(0);
    await foyer.stop("SIGKILL");
    expect(check()).toBe(1);
  });
});
