import { createHash, X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { createCertificate } from "../examples/certificate.ts";

/** The hosts of servers that speak TLS to browsers. */
const NAMES = ["DNS:localhost", "IP:127.0.0.1", "DNS:*.foyer.localhost"];

/** The certificate of this process's servers with TLS. */
export const CERTIFICATE = create();

/** Has Chromium take it for a good one. The switch that takes every certificate turns device-bound sessions off. */
export const TRUST = `--ignore-certificate-errors-spki-list=${CERTIFICATE.keyHash}`;

function create() {
  const folder = mkdtempSync(join(tmpdir(), "foyer_certificate_"));
  try {
    const { pem: cert, keyPath } = createCertificate(folder, { names: NAMES });
    const key = readFileSync(keyPath, "utf8");
    const spki = new X509Certificate(cert).publicKey.export({ type: "spki", format: "der" });
    return { cert, key, keyHash: createHash("sha256").update(spki).digest("base64") };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
