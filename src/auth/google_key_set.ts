import { importJWK, type JWK } from "jose";

/** The keys of one answer from Google. */
export interface GoogleKeySet {
  /** The usable keys by their ids; at least one. */
  keys: ReadonlyMap<string, CryptoKey>;
  /** Why other keys in the set are not used, one sentence each. */
  unusable: string[];
  /** How long the answer stays fresh, in milliseconds. */
  freshMs: number;
  /** Google's time when it answered, in milliseconds since 1970, or `null` if it does not say. */
  date: number | null;
}

/** How to fetch; Bun's own function has this shape. */
export type Fetch = (url: string, init: BunFetchRequestInit) => Promise<Response>;

const MAX_BYTES = 65_536;
const MIN_FRESH_MS = 60_000;
const MAX_FRESH_MS = 86_400_000;
const MIN_MODULUS_BITS = 2048;
/** 65537 in base64url. A smaller exponent can make a signature forgeable. */
const EXPONENT = "AQAB";
const MAX_LOGGED_KID_LENGTH = 64;

/** Fetches Google's key set. Throws unless the answer arrives in time, is small, and has a usable key. */
export async function fetchKeySet(
  url: string,
  { fetch, timeoutMs }: { fetch: Fetch; timeoutMs: number },
): Promise<GoogleKeySet> {
  const response = await fetch(url, {
    redirect: "error",
    headers: { accept: "application/json" },
    signal: AbortSignal.timeout(timeoutMs),
    // NODE_TLS_REJECT_UNAUTHORIZED=0 would let anyone pass for Google.
    tls: { rejectUnauthorized: true },
  });
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new Error(`The key set URL answered with ${response.status}`);
  }
  const { headers } = response;
  const ageMs = 1000 * Number(/^\d{1,9}$/.exec(headers.get("age") ?? "")?.[0] ?? 0);
  const date = Date.parse(headers.get("date") ?? "") + ageMs;
  return {
    ...(await readKeySet(JSON.parse(await readText(response)))),
    freshMs: readFreshMs(headers.get("cache-control"), ageMs),
    date: Number.isNaN(date) ? null : date,
  };
}

async function readText(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > MAX_BYTES) throw new Error(`The key set is longer than ${MAX_BYTES} bytes`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

async function readKeySet(value: unknown): Promise<Pick<GoogleKeySet, "keys" | "unusable">> {
  const { keys: list } = (value ?? {}) as { keys?: unknown };
  if (!Array.isArray(list)) throw new Error("The key set is not a list of keys");
  const keys = new Map<string, CryptoKey>();
  const unusable: string[] = [];
  const objects = list.filter((one) => typeof one === "object" && one !== null) as JWK[];
  for (const [kid, [jwk = {}, ...more]] of Map.groupBy(objects, ({ kid }) => kid)) {
    const isAmbiguous = more.some(({ n, e }) => n !== jwk.n || e !== jwk.e);
    const key = isAmbiguous ? "occurs twice" : await importKey(jwk);
    if (typeof key !== "string") keys.set(String(kid), key);
    else unusable.push(`The key "${String(kid).slice(0, MAX_LOGGED_KID_LENGTH)}" ${key}`);
  }
  if (keys.size === 0) throw new Error(["The key set has no usable key", ...unusable].join(". "));
  return { keys, unusable };
}

/** The key, or why it is not usable. */
async function importKey(jwk: JWK): Promise<CryptoKey | string> {
  const { kid, kty, use = "sig", alg = "RS256", key_ops: operations = ["verify"] } = jwk;
  if (typeof kid !== "string" || kid === "") return "has no id";
  const isForSignatures = use === "sig" && operations.includes("verify");
  if (kty !== "RSA" || alg !== "RS256" || !isForSignatures) return "is not for RS256 signatures";
  if (jwk.e !== EXPONENT) return "has an unusual exponent";
  try {
    const { n, e } = jwk;
    const key = (await importJWK({ kty, n, e }, "RS256")) as CryptoKey;
    const { modulusLength } = key.algorithm as RsaHashedKeyAlgorithm;
    return modulusLength < MIN_MODULUS_BITS ? `has only ${modulusLength} bits` : key;
  } catch {
    return "cannot be read";
  }
}

/** How long an answer of this age may be used, within bounds (RFC 9111, sections 4.2 and 5.2.2.1). */
function readFreshMs(cacheControl: string | null, ageMs: number): number {
  const seconds = Number(/(?:^|[\s,])max-age=(\d{1,9})/i.exec(cacheControl ?? "")?.[1] ?? 0);
  return Math.min(Math.max(seconds * 1000 - ageMs, MIN_FRESH_MS), MAX_FRESH_MS);
}
