import { readFileSync } from "node:fs";

import { readAddress } from "./networks.ts";

/** What https is served with, in PEM. */
export interface Tls {
  /** The certificate, and those that lead to one that browsers know. */
  readonly cert: string;
  readonly key: string;
}

/** Loads it with the first certificate: without TLS, a start saves 3 ms and 4 MiB. */
const loadCrypto = (): typeof import("node:crypto") => require("node:crypto");

const END_OF_CERTIFICATE = /(?<=-----END CERTIFICATE-----)/;

/** Reads a file of certificates. No message of its errors has a line of the file. */
export function certificates(path: string): string {
  const text = readPem(path, "CERTIFICATE");
  const { X509Certificate } = loadCrypto();
  try {
    const blocks = text.split(END_OF_CERTIFICATE).filter((block) => block.includes("-----BEGIN"));
    for (const block of blocks) if (!isPrivateKey(block)) new X509Certificate(block);
    return text;
  } catch (error) {
    throw new TypeError(`"${path}" has a certificate that cannot be read`, { cause: error });
  }
}

/** Reads a file of a private key. No message of its errors has a line of the file. */
export function privateKey(path: string): string {
  const text = readPem(path, "PRIVATE KEY");
  try {
    loadCrypto().createPrivateKey(text);
    return text;
  } catch (error) {
    const isEncrypted = (error as { code?: string }).code === "ERR_MISSING_PASSPHRASE";
    const what = isEncrypted
      ? "is encrypted: Foyer takes a key without a passphrase"
      : "has a private key that cannot be read";
    throw new TypeError(`"${path}" ${what}`, { cause: error });
  }
}

/** Whether the key is that of the certificate. */
export function belongTogether({ cert, key }: Tls): boolean {
  const { createPrivateKey, X509Certificate } = loadCrypto();
  return new X509Certificate(cert).checkPrivateKey(createPrivateKey(key));
}

/** Why browsers refuse the certificate for `origin` at the time `now`; `null` if it is for that name and that time. */
export function describeCertificate(
  { cert }: Tls,
  { origin, now }: { origin: string; now: number },
): string | null {
  const certificate = new (loadCrypto().X509Certificate)(cert);
  const { hostname } = new URL(origin);
  const address = hostname.replace(/^\[(.*)\]$/, "$1");
  const name = readAddress(address)
    ? certificate.checkIP(address)
    : certificate.checkHost(hostname);
  if (!name) return `It is not for ${hostname}`;
  const { validFrom, validTo } = certificate;
  if (now < Date.parse(validFrom)) return `It begins on ${validFrom}`;
  return now > Date.parse(validTo) ? `It has ended on ${validTo}` : null;
}

function isPrivateKey(block: string): boolean {
  return block.includes("PRIVATE KEY-----") && !block.includes("CERTIFICATE-----");
}

/** Reads a PEM file that has a block of this kind. */
function readPem(path: string, kind: string): string {
  const text = readText(path);
  if (text.includes(`${kind}-----`)) return text;
  throw new TypeError(`"${path}" is not a PEM file with a ${kind.toLowerCase()}`);
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new TypeError(`"${path}" cannot be read (${code})`, { cause: error });
  }
}
