import { importPKCS8, SignJWT } from "jose";

/** The key of a service account for Google's RISC API. */
export interface GoogleRiscKey {
  clientEmail: string;
  keyId: string;
  privateKey: CryptoKey;
}

/** The key file or a request to Google failed; the message is one line without secrets. */
export class GoogleRiscError extends Error {
  override readonly name = "GoogleRiscError";
}

const AUDIENCE = "https://risc.googleapis.com/google.identity.risc.v1beta.RiscManagementService";
const LIFETIME_S = 3600;

/** Reads the key file of a service account, as Google issues it. Throws {@linkcode GoogleRiscError}. */
export async function readGoogleRiscKey(path: string): Promise<GoogleRiscKey> {
  const refuse = (reason: string) => new GoogleRiscError(`The key file ${path} ${reason}`);
  const text = await Bun.file(path)
    .text()
    .catch((error: { code?: string }) => {
      throw refuse(error.code === "ENOENT" ? "does not exist" : `cannot be read (${error.code})`);
    });
  const { client_email: clientEmail, private_key_id: keyId, private_key: pem } = parse(text);
  if (!clientEmail || !keyId || !pem) {
    throw refuse(
      "is not for a service account: it needs client_email, private_key and private_key_id",
    );
  }
  const privateKey = await importPKCS8(pem, "RS256").catch(() => {
    // The parser's message may quote the key.
    throw refuse("contains a private_key that is not an RSA key in PKCS #8 PEM format");
  });
  return { clientEmail, keyId, privateKey };

  function parse(json: string): Record<string, string | undefined> {
    try {
      const fields = Object.entries((JSON.parse(json) as object | null) ?? {});
      return Object.fromEntries(fields.filter(([, value]) => typeof value === "string"));
    } catch {
      throw refuse("is not JSON");
    }
  }
}

/**
 * Creates a bearer token for the RISC API: a self-signed JWT of the service account, valid for an hour.
 *
 * @see https://developers.google.com/identity/protocols/risc#auth_token
 */
export function signBearer(
  { clientEmail, keyId, privateKey }: GoogleRiscKey,
  now: number,
): Promise<string> {
  const iat = Math.floor(now / 1000);
  const claims = { iss: clientEmail, sub: clientEmail, aud: AUDIENCE, iat, exp: iat + LIFETIME_S };
  return new SignJWT(claims).setProtectedHeader({ alg: "RS256", kid: keyId }).sign(privateKey);
}
