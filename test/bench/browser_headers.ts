/** What a request of Chromium is for: it decides the headers that the browser adds. */
export type Purpose = "document" | "script" | "htmx" | "form";

const CHROMIUM = [
  "Connection: keep-alive",
  'sec-ch-ua: "Chromium";v="142", "Google Chrome";v="142", "Not_A Brand";v="99"',
  "sec-ch-ua-mobile: ?0",
  'sec-ch-ua-platform: "Linux"',
  "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
];
const DOCUMENTS =
  "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7";

/** What browsers take compressed, and the languages of an English one. */
export const ENCODINGS = "gzip, deflate, br, zstd";
const LANGUAGES = "en-GB,en;q=0.9";

/** How a request is to differ from that of an English Chromium. */
export interface Accepted {
  encodings?: string;
  languages?: string;
}

/** The headers of a request from the page at `host`, as Chromium sends them, but for cookies and what a body needs. */
export function browserHeaders(
  host: string,
  purpose: Purpose,
  { encodings = ENCODINGS, languages = LANGUAGES }: Accepted = {},
): string[] {
  return [
    `Host: ${host}`,
    ...CHROMIUM,
    ...purposeHeaders(`http://${host}`, purpose),
    `Accept-Encoding: ${encodings}`,
    `Accept-Language: ${languages}`,
  ];
}

function purposeHeaders(origin: string, purpose: Purpose): string[] {
  if (purpose === "document") {
    return ["Upgrade-Insecure-Requests: 1", `Accept: ${DOCUMENTS}`, ...site("none", "navigate")];
  }
  const page = `Referer: ${origin}/spa`;
  if (purpose === "script") return ["Accept: */*", page, ...site("same-origin", "cors", "script")];
  const fetched = [page, ...site("same-origin", "same-origin", "empty")];
  if (purpose === "form") return ["Accept: */*", `Origin: ${origin}`, ...fetched];
  const htmx = ["HX-Request: true", "HX-Request-Type: partial", `HX-Current-URL: ${origin}/spa`];
  return ["Accept: text/html", ...htmx, "HX-Source: nav#auth_navbar", ...fetched];
}

function site(from: string, mode: string, destination = "document"): string[] {
  const own = [`Sec-Fetch-Site: ${from}`, `Sec-Fetch-Mode: ${mode}`];
  if (mode === "navigate") own.push("Sec-Fetch-User: ?1");
  return [...own, `Sec-Fetch-Dest: ${destination}`];
}
