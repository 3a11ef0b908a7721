import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A certificate that signs itself, and its key, as files. */
export interface Certificate {
  certPath: string;
  keyPath: string;
  /** What a client must know to believe it. */
  pem: string;
}

interface CertificateOptions {
  /** For how long it is valid. */
  days?: number | undefined;
  /** Whom it is for, as openssl writes it; this machine unless said otherwise. */
  names?: string[] | undefined;
}

/** Makes a certificate with openssl. */
export function createCertificate(
  folder: string,
  { days = 30, names: alternatives = ["DNS:localhost", "IP:127.0.0.1"] }: CertificateOptions = {},
): Certificate {
  const [certPath, keyPath] = [join(folder, "cert.pem"), join(folder, "key.pem")];
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  const names = ["-subj", "/CN=localhost", "-addext", `subjectAltName=${alternatives.join(",")}`];
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
