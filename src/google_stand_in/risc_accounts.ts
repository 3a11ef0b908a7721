import { decodeJwt, exportPKCS8, type JWTPayload, jwtVerify } from "jose";

import { RiscApiRefusal } from "./risc_api_refusal.ts";
import { createSigningKey, type SigningKey } from "./signing_keys.ts";

/** The JSON file that Google creates with a key of a service account. */
export interface KeyFile {
  type: "service_account";
  project_id: string;
  private_key_id: string;
  /** The private key as PKCS #8 PEM. */
  private_key: string;
  client_email: string;
  token_uri: string;
}

/** The service accounts that may call the RISC API. Each has its own project with one client. */
export interface ServiceAccounts {
  /** Creates a project with a service account, and its key. */
  create(clientId: string): Promise<KeyFile>;
  /** The client id of the project whose account signed the bearer token. Throws `RiscApiRefusal`. */
  authenticate(request: Request): Promise<string>;
}

const AUDIENCE = "https://risc.googleapis.com/google.identity.risc.v1beta.RiscManagementService";
const MAX_LIFETIME_S = 3600;

/** Creates an empty list of accounts, in memory. `now` is in milliseconds since 1970. */
export function createServiceAccounts(now: () => number): ServiceAccounts {
  const accounts = new Map<string, { clientId: string; key: SigningKey }>();

  async function verify(bearer: string): Promise<{ claims: JWTPayload; clientId: string }> {
    const account = accounts.get(decodeJwt(bearer).iss ?? "");
    if (!account) throw new TypeError("No such account");
    const { payload: claims, protectedHeader } = await jwtVerify(bearer, account.key.publicKey, {
      algorithms: ["RS256"],
      audience: AUDIENCE,
      requiredClaims: ["iat", "exp", "sub"],
      currentDate: new Date(now()),
    });
    if (protectedHeader.kid !== account.key.kid) throw new TypeError("Wrong kid");
    return { claims, clientId: account.clientId };
  }

  return {
    async create(clientId) {
      const key = await createSigningKey();
      const project = `stand-in-${key.kid.slice(0, 8)}`;
      const email = `risc@${project}.iam.gserviceaccount.com`;
      accounts.set(email, { clientId, key });
      return {
        type: "service_account",
        project_id: project,
        private_key_id: key.kid,
        private_key: await exportPKCS8(key.privateKey),
        client_email: email,
        token_uri: "https://oauth2.googleapis.com/token",
      };
    },
    async authenticate(request) {
      const bearer = /^Bearer (\S+)$/.exec(request.headers.get("authorization") ?? "")?.[1] ?? "";
      const verified = await verify(bearer).catch(() => null);
      const { iss, sub, iat = 0, exp = 0 } = verified?.claims ?? {};
      if (!verified || iss !== sub || exp - iat > MAX_LIFETIME_S) {
        throw new RiscApiRefusal(401, "Unauthorized.");
      }
      return verified.clientId;
    },
  };
}
