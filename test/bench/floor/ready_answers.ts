import { type FloorPlan, LANGUAGES, type PageVersion, type ReadyAnswer } from "./plan.ts";

interface Ready {
  body: Uint8Array<ArrayBuffer>;
  headers: Headers;
}

const VERSIONS_OF_ENCODING = 2 * LANGUAGES.length;

/** Answers with the page, chosen among ready ones. */
export function readyPage({ page }: FloorPlan) {
  const versions: Ready[] = [];
  for (const version of page) versions[placeOf(version)] = prepare(version);
  return ({ headers }: Request): Response => {
    const place =
      rankOf(headers) * VERSIONS_OF_ENCODING +
      (headers.get("accept-language")?.startsWith("de") ? 2 : 0) +
      (headers.get("cookie")?.includes("session_id=") ? 1 : 0);
    return send(versions[place] as Ready);
  };
}

function placeOf({ encoding, language, hasSession }: PageVersion): number {
  return (
    RANKS[encoding] * VERSIONS_OF_ENCODING + LANGUAGES.indexOf(language) * 2 + Number(hasSession)
  );
}

/** Answers with one thing, chosen among its encodings. */
export function readyAnswer(answers: readonly ReadyAnswer[]) {
  const versions: Ready[] = [];
  for (const answer of answers) versions[RANKS[answer.encoding]] = prepare(answer);
  return ({ headers }: Request): Response => send(versions[rankOf(headers)] as Ready);
}

const RANKS: Record<ReadyAnswer["encoding"], number> = { br: 0, gzip: 1, identity: 2 };

function rankOf(headers: Headers): number {
  const accepted = headers.get("accept-encoding") ?? "";
  if (accepted.includes("br")) return RANKS.br;
  return accepted.includes("gzip") ? RANKS.gzip : RANKS.identity;
}

function prepare({ body, headers }: ReadyAnswer): Ready {
  return { body: Uint8Array.fromBase64(body), headers: new Headers(headers) };
}

function send({ body, headers }: Ready): Response {
  return new Response(body, { headers });
}
