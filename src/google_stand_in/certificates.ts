/** A value in DER: its tag, its length, its content. */
function encode(tag: number, ...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const size = parts.reduce((sum, part) => sum + part.length, 0);
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255];
  return Uint8Array.from([tag, ...length, ...parts.flatMap((part) => [...part])]);
}

const bytes = (...values: number[]) => Uint8Array.from(values);
const text = (value: string) => new TextEncoder().encode(value);

const SEQUENCE = 0x30;
const VERSION_3 = encode(0xa0, encode(0x02, bytes(2)));
// Object identifiers: 1.2.840.113549.1.1.11 (sha256WithRSAEncryption) and 2.5.4.3 (commonName).
const SHA256_WITH_RSA = encode(
  SEQUENCE,
  encode(0x06, bytes(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b)),
  encode(0x05),
);
const COMMON_NAME = encode(0x06, bytes(0x55, 0x04, 0x03));
// 2.5.29.19 and 2.5.29.17.
const BASIC_CONSTRAINTS = encode(0x06, bytes(0x55, 0x1d, 0x13));
const SUBJECT_ALT_NAME = encode(0x06, bytes(0x55, 0x1d, 0x11));
// Google's are valid for two weeks. These outlive each run of the stand-in, whatever its clock says.
const VALIDITY = encode(
  SEQUENCE,
  encode(0x17, text("000101000000Z")),
  encode(0x17, text("491231235959Z")),
);

/** The extensions of a certificate for `hosts`. It is an authority, so that clients take it as their own. */
function extend(hosts: readonly string[]): Uint8Array {
  const names = encode(SEQUENCE, ...hosts.map((host) => encode(0x82, text(host))));
  const isAuthority = encode(SEQUENCE, encode(0x01, bytes(0xff)));
  const extensions = [
    encode(SEQUENCE, BASIC_CONSTRAINTS, encode(0x04, isAuthority)),
    encode(SEQUENCE, SUBJECT_ALT_NAME, encode(0x04, names)),
  ];
  return encode(0xa3, encode(SEQUENCE, ...extensions));
}

/**
 * A self-signed X.509 certificate in PEM, as Google serves it for each of its keys. With `hosts` it is for their TLS.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5280#section-4.1
 */
export async function createCertificate(
  { privateKey, publicKey }: CryptoKeyPair,
  { commonName, hosts = [] }: { commonName: string; hosts?: readonly string[] },
): Promise<string> {
  const spki = new Uint8Array(await crypto.subtle.exportKey("spki", publicKey));
  const name = encode(
    SEQUENCE,
    encode(0x31, encode(SEQUENCE, COMMON_NAME, encode(0x0c, text(commonName)))),
  );
  // The first bit of a serial number must be 0: it is positive.
  const serial = encode(0x02, bytes(1), crypto.getRandomValues(new Uint8Array(8)));
  const fields = [VERSION_3, serial, SHA256_WITH_RSA, name, VALIDITY, name, spki];
  const content = encode(SEQUENCE, ...fields, ...(hosts.length > 0 ? [extend(hosts)] : []));
  const signed = await crypto.subtle.sign("RSASSA-PKCS1-v1_5", privateKey, content);
  const signature = encode(0x03, bytes(0), new Uint8Array(signed));
  const base64 = encode(SEQUENCE, content, SHA256_WITH_RSA, signature).toBase64();
  const lines = base64.match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}
