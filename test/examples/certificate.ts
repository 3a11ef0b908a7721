import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A certificate for `localhost` that signs itself, and its key, as files. */
export interface Certificate {
  certPath: string;
  keyPath: string;
  /** What a client must know to believe it. */
  pem: string;
}

/** Makes a certificate with openssl, valid for `days`. */
export function createCertificate(folder: string, days = 30): Certificate {
  const [certPath, keyPath] = [join(folder, "cert.pem"), join(folder, "key.pem")];
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  const names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"];
  const files = ["-keyout", keyPath, "-out", certPath, "-days", String(days)];
  const { success, stderr } = Bun.spawnSync([
    "openssl",
    "req",
    "-x509",
    ...key,
    ...names,
    ...files,
  ]);
  if (!success) throw new Error(stderr.toString());
  return { certPath, keyPath, pem: readFileSync(certPath, "utf8") };
}
