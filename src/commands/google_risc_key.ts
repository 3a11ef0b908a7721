import { importPKCS8, SignJWT } from "jose";

/** The key of a service account, which may ask Google's RISC API. */
export interface GoogleRiscKey {
  clientEmail: string;
  keyId: string;
  privateKey: CryptoKey;
}

/** Why Google could not be asked, or what it refused, in one line without any secret. */
export class GoogleRiscError extends Error {
  override readonly name = "GoogleRiscError";
}

const AUDIENCE = "https://risc.googleapis.com/google.identity.risc.v1beta.RiscManagementService";
const LIFETIME_S = 3600;

/** Reads the key file that Google hands out for a service account. Throws {@linkcode GoogleRiscError}. */
export async function readGoogleRiscKey(path: string): Promise<GoogleRiscKey> {
  const refuse = (reason: string) => new GoogleRiscError(`The key file ${path} ${reason}`);
  const text = await Bun.file(path)
    .text()
    .catch((error: { code?: string }) => {
      throw refuse(error.code === "ENOENT" ? "does not exist" : `cannot be read (${error.code})`);
    });
  const { client_email: clientEmail, private_key_id: keyId, private_key: pem } = parse(text);
  if (!clientEmail || !keyId || !pem) {
    throw refuse("is not a service account's: it needs client_email, private_key, private_key_id");
  }
  const privateKey = await importPKCS8(pem, "RS256").catch(() => {
    // What the parser says may quote the key.
    throw refuse("holds a private_key that is not an RSA key in PKCS #8 PEM");
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
 * What the RISC API takes as a bearer: a token that the account signs for itself, good for an hour.
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
