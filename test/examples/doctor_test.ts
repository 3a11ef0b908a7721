import { afterAll, beforeAll, describe, expect, test } from "bun:test";

import { freePort, startFoyerProcess } from "../foyer_process.ts";
import { createCertificate } from "./certificate.ts";
import { type ProxiedFoyer, startProxiedFoyer } from "./proxied_foyer.ts";
import { type Diagnosis, runDoctor } from "./run_doctor.ts";
import { isRunnable, nginx, startProxy } from "./start_proxy.ts";

// The doctor beside a real Foyer behind a real nginx, well and badly configured.

/** nginx as people write it first: a server that only passes on. */
const onlyPass = (printed: string) =>
  printed.replace(/^ +proxy_(?:set_header|http_version).*\n/gm, "");

/** Replaces in the printed configuration what must be in it. */
const put = (from: string, to: string) => (printed: string) => {
  if (!printed.includes(from)) throw new Error(`Not in the example: ${from}`);
  return printed.replace(from, to);
};

/** It ends each connection with its request, and then Bun 1.4.5 loses an answer now and then. */
const LOST_ANSWER = /^\w+ \w+: (?:It|The proxy) answers 502 to /;

/** A limit of requests to the route by which browsers renew a bound session. */
const LIMITED = `location = /auth/binding/refresh {
    limit_req zone=strict burst=5 nodelay;
    limit_req_status 429;
    proxy_pass http://foyer;
    proxy_http_version 1.1;
    proxy_set_header Connection "";
  }
  location / {`;

/** Mistakes of an nginx, and what the doctor must say about them, beside what is well. */
const MISTAKES: [what: string, edits: ((printed: string) => string)[], findings: RegExp[]][] = [
  ["only passes on", [onlyPass], [/^problem addresses: .* does not say who the client is/]],
  [
    "lets through short forms and headers only, holds streams back, and shows what is internal",
    [
      put("client_max_body_size 128k", "client_max_body_size 10k"),
      put("large_client_header_buffers 4 16k", "large_client_header_buffers 4 8k"),
      put("proxy_read_timeout", "proxy_ignore_headers X-Accel-Buffering; proxy_read_timeout"),
      put("location ^~ /readyz", "location = /nothing"),
    ],
    [
      /^warning proxy: It answers 400 to cookies of 12 KB/,
      /^problem proxy: It answers 413 to a form of 60 KB/,
      /^warning proxy: It shows \/readyz to everybody/,
      /^problem streams: .* holds event streams back/,
    ],
  ],
  [
    "limits how often browsers may renew bound sessions",
    [
      put(
        "upstream foyer",
        "limit_req_zone $binary_remote_addr zone=strict:1m rate=1r/s;\nupstream foyer",
      ),
      put("location / {", LIMITED),
    ],
    [/^problem binding: The proxy answers 429 to \/auth\/binding\/refresh.*forget their key/],
  ],
  [
    "shows a page of its own in the place of Foyer's 403",
    [
      put(
        "proxy_read_timeout",
        "proxy_intercept_errors on; error_page 403 /spa; proxy_read_timeout",
      ),
    ],
    [/^problem binding: The proxy replaces a 403 of Foyer \(403\)/],
  ],
  [
    "takes away what browsers say about their key",
    [put("proxy_read_timeout", 'proxy_set_header Secure-Session-Response ""; proxy_read_timeout')],
    [/^problem binding: The proxy takes headers away/],
  ],
  [
    "hides whose answers they are",
    [put("proxy_read_timeout", "proxy_hide_header X-Answered-By; proxy_read_timeout")],
    [/^problem origin: .*another program answers \(200 without X-Answered-By\)/],
  ],
];

let scene: ProxiedFoyer;

/** Runs the doctor beside the server, behind nginx as it is printed or `edit`ed, with some settings of its own. */
async function examine({
  edit,
  days,
  env = {},
}: {
  edit?: (printed: string) => string;
  days?: number;
  env?: Record<string, string>;
} = {}): Promise<Diagnosis> {
  const { folder } = scene;
  const proxy = await startProxy(nginx, { folder, env: scene.env, edit, days });
  const NODE_EXTRA_CA_CERTS = proxy.certificate.certPath;
  const diagnosis = await runDoctor({ ...scene.env, NODE_EXTRA_CA_CERTS, ...env });
  await proxy.stop();
  return diagnosis;
}

/** What it says about everything that is not well, but for the backup that no test makes. */
const complaints = ({ findings }: Diagnosis) =>
  findings
    .filter(({ severity, check }) => severity !== "ok" && !/^(?:backup|open files)$/.test(check))
    .map(({ severity, check, text }) => `${severity} ${check}: ${text}`);

const matching = (...patterns: RegExp[]) => patterns.map((one) => expect.stringMatching(one));

describe.skipIf(!isRunnable(nginx))("the doctor", () => {
  beforeAll(async () => {
    scene = await startProxiedFoyer(nginx);
    await scene.proxy.stop();
  }, 30_000);
  afterAll(() => scene?.stop());

  test("finds everything well behind the printed nginx", async () => {
    const diagnosis = await examine();
    expect(complaints(diagnosis)).toEqual([]);
    expect([diagnosis.exitCode, diagnosis.isWell]).toEqual([0, true]);
    const checks = new Set(diagnosis.findings.map(({ check }) => check));
    expect([...checks].toSorted()).toEqual([
      ...["addresses", "backup", "binding", "certificate", "clock", "database", "google"],
      ...["open files", "origin", "proxy", "server", "settings", "streams"],
    ]);
    expect(scene.foyer.output()).not.toContain('"level":"error"');
  });

  for (const [what, edits, found] of MISTAKES) {
    test(`sees that nginx ${what}`, async () => {
      const edit = (printed: string) => edits.reduce((text, change) => change(text), printed);
      const diagnosis = await examine({ edit });
      const said = complaints(diagnosis);
      const sure = edits.includes(onlyPass) ? said.filter((one) => !LOST_ANSWER.test(one)) : said;
      expect(sure).toEqual(matching(...found));
      expect([diagnosis.exitCode, diagnosis.isWell]).toEqual([1, false]);
      const { findings } = diagnosis;
      expect(findings.filter(({ severity, cure }) => severity !== "ok" && !cure)).toEqual([]);
    });
  }

  test("sees a certificate that ends soon, and one that nobody believes", async () => {
    const soon = await examine({ days: 5 });
    expect(complaints(soon)).toEqual(matching(/^warning certificate: It is valid for [45] days$/));
    const unknown = await examine({ env: { NODE_EXTRA_CA_CERTS: "" } });
    expect(complaints(unknown)).toEqual(
      matching(/^problem origin: .* does not answer: DEPTH_ZERO/),
    );
  });

  test("sees that its own settings are not the server's", async () => {
    const other = await examine({ env: { GOOGLE_OAUTH2_CLIENT_ID: "another" } });
    expect(complaints(other)).toEqual(matching(/^problem origin: .* another GOOGLE_OAUTH2/));
    const weak = await examine({ env: { NODE_TLS_REJECT_UNAUTHORIZED: "0", SIGNUP: "closed" } });
    expect(complaints(weak)).toEqual(
      matching(
        /^warning settings: .*no variable SIGNUP.*SIGN_UP/,
        /NODE_TLS_REJECT_UNAUTHORIZED=0/,
      ),
    );
  });

  test("sees that neither server nor proxy is there, and that Google is out of reach", async () => {
    const nobody = `http://127.0.0.1:${freePort()}`;
    const env = {
      ...scene.env,
      PORT: String(freePort()),
      GOOGLE_JWKS_URL: `${nobody}/keys`,
      FORWARD_AUTH_ORIGINS: `https://localhost:${freePort()} members`,
    };
    const corporate = `http://user:s3cret@127.0.0.1:${freePort()}`;
    const proxies = { HTTP_PROXY: corporate, HTTPS_PROXY: corporate };
    const diagnosis = await runDoctor({ ...env, ...proxies });
    expect(diagnosis.output).not.toContain("s3cret");
    expect(complaints(diagnosis)).toEqual(
      matching(
        /^problem google: Google's keys are out of reach by way of HTTPS_PROXY: ECONNREFUSED/,
        /^problem server: No server on 127\.0\.0\.1, port \d+: ECONNREFUSED/,
        /^problem origin: .* does not answer: ECONNREFUSED/,
        /^warning certificate: It could not be read/,
        /^problem applications: https:\/\/localhost:\d+ does not answer: ECONNREFUSED/,
      ),
    );
    expect(diagnosis.output).toContain("There are 4 problems.");
  });

  test("sees that the proxy does not find the server", async () => {
    const diagnosis = await examine({ edit: put(`127.0.0.1:${scene.env.PORT}`, "127.0.0.1:1") });
    expect(complaints(diagnosis)).toEqual(matching(/^problem origin: .*the proxy answers 502$/));
  });

  test("sees a proxy that the server does not trust", async () => {
    const { PORT: _, DATABASE_URL: __, ...env } = scene.env;
    const distrustful = await startProxiedFoyer(nginx, {
      env: { ...env, TRUSTED_PROXIES: "10.0.0.1", PORT: String(freePort()) },
    });
    const NODE_EXTRA_CA_CERTS = distrustful.proxy.certificate.certPath;
    const diagnosis = await runDoctor({ ...distrustful.env, NODE_EXTRA_CA_CERTS });
    await distrustful.stop();
    expect(complaints(diagnosis)).toEqual(
      matching(/^problem addresses: .*not in TRUSTED_PROXIES$/),
    );
  });

  test("does not give up where an origin answers once and then no more", async () => {
    const answer = "HTTP/1.1 200 OK\r\nX-Answered-By: application\r\nContent-Length: 0\r\n\r\n";
    const data = (socket: { end: (text: string) => void }, request: Buffer) =>
      socket.end(request.includes("GET /healthz ") ? answer : "");
    const moody = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data } });
    const ORIGIN = `http://127.0.0.1:${moody.port}`;
    const diagnosis = await runDoctor({ ...scene.env, ORIGIN });
    moody.stop(true);
    expect(complaints(diagnosis)).toEqual(matching(/^problem http:.*: Not all could be checked: /));
    expect(diagnosis.exitCode).toBe(1);
  });

  test("finds a server well that speaks TLS itself, where no proxy names anybody", async () => {
    const { certPath, keyPath } = createCertificate(scene.folder);
    const port = String(freePort());
    const env = {
      ...scene.env,
      ORIGIN: `https://localhost:${port}`,
      PORT: port,
      DATABASE_URL: `file:${scene.folder}/own.db`,
      TLS_CERT: certPath,
      TLS_KEY: keyPath,
    };
    const foyer = await startFoyerProcess([process.execPath, "src/main.ts"], {
      cwd: scene.foyer.cwd,
      env,
    });
    const diagnosis = await runDoctor({ ...env, NODE_EXTRA_CA_CERTS: certPath });
    await foyer.stop("SIGKILL");
    expect(complaints(diagnosis)).toEqual([]);
    expect(diagnosis.findings.map(({ check }) => check)).not.toContain("addresses");
  });
});
