import type { Foyer } from "./fixture.ts";
import { Visitor } from "./visitor.ts";

/** Form fields that prove who somebody is, or which browser asks. */
const SECRET_FIELDS = ["credential", "id_token", "state", "g_csrf_token"];

/** What nobody but its owner may learn: everything of that kind that went over the wire. */
export interface SecretWatch {
  /** Every secret, and each part of one that has parts. */
  secrets: Set<string>;
  /** A browser whose requests and answers are watched. */
  visitor(): Visitor;
}

/**
 * Watches the traffic of `foyer` for secrets: cookies, tokens, nonces, states, challenges and proofs, in both directions.
 */
export function watchSecrets(foyer: Foyer): SecretWatch {
  const secrets = new Set<string>();

  function note(secret: string): void {
    secrets.add(secret);
    for (const part of secret.split(".")) secrets.add(part);
  }

  async function noteRequest(request: Request): Promise<void> {
    note(request.headers.get("secure-session-response") ?? "");
    for (const pair of request.headers.get("cookie")?.split("; ") ?? []) {
      note(pair.slice(pair.indexOf("=") + 1));
    }
    const text = await request.text();
    if (request.headers.get("content-type")?.startsWith("application/secevent")) note(text);
    const fields = new URLSearchParams(text);
    for (const name of SECRET_FIELDS) for (const value of fields.getAll(name)) note(value);
  }

  async function noteAnswer(answer: Response): Promise<void> {
    for (const line of answer.headers.getSetCookie()) note(/=([^;]*)/.exec(line)?.[1] ?? "");
    const google = URL.parse(answer.headers.get("location") ?? "")?.searchParams;
    for (const name of ["nonce", "state"]) note(google?.get(name) ?? "");
    for (const name of ["secure-session-registration", "secure-session-challenge"]) {
      note(/"([\w-]+\.[\w-]+)"/.exec(answer.headers.get(name) ?? "")?.[1] ?? "");
    }
    if (!answer.headers.get("content-type")?.startsWith("text/html")) return;
    for (const [, nonce = ""] of (await answer.text()).matchAll(/data-nonce="([^"]+)"/g)) {
      note(nonce);
    }
  }

  const app = {
    async handle(request: Request): Promise<Response> {
      await noteRequest(request.clone());
      const answer = await foyer.app.handle(request);
      await noteAnswer(answer.clone());
      return answer;
    },
  } as Foyer["app"];
  return { secrets, visitor: () => new Visitor({ ...foyer, app }) };
}

/** The secrets among `secrets` that `text` holds. Short ones, as an empty cookie, are in any text. */
export function secretsIn(text: string, secrets: ReadonlySet<string>): string[] {
  return [...secrets].filter((secret) => secret.length >= 20 && text.includes(secret));
}
