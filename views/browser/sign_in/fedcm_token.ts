/**
 * Reads the ID token from Google's FedCM result: a bare JWT, JSON text, or an object. In JSON and objects it is under
 * `id_token` or `token`. Returns `null` if there is none.
 */
export function readFedCmToken(token: unknown): string | null {
  if (typeof token === "string") {
    return token.trimStart().startsWith("{") ? readMember(parseJson(token)) : token || null;
  }
  return readMember(token);
}

function readMember(value: unknown): string | null {
  if (typeof value !== "object" || value === null) return null;
  const { id_token, token } = value as { id_token?: unknown; token?: unknown };
  const found = id_token ?? token;
  return typeof found === "string" && found !== "" ? found : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
