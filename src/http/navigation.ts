/** What only scripts, or connections that are no requests for a page, send. */
const SCRIPT_HEADERS = ["hx-request", "x-requested-with", "upgrade", "sec-websocket-key"];

/**
 * Whether a person waits for the answer in a window of their own. `Sec-Fetch-Mode` says so; browsers without it prefer
 * HTML, and no script asks.
 *
 * @see https://www.w3.org/TR/fetch-metadata/#sec-fetch-mode-header
 */
export function isDocumentNavigation({ headers }: Request): boolean {
  if (SCRIPT_HEADERS.some((name) => headers.has(name))) return false;
  const mode = headers.get("sec-fetch-mode");
  if (mode === null) return prefersHtml(headers.get("accept") ?? "");
  return mode === "navigate" && (headers.get("sec-fetch-dest") ?? "document") === "document";
}

/** No browser names as many types. */
const MAX_TYPES = 20;

/** Whether an `Accept` header names HTML, and nothing that it likes better. */
function prefersHtml(accept: string): boolean {
  const types = accept.toLowerCase().split(",", MAX_TYPES).map(readType);
  const html = types.find(({ name }) => name === "text/html");
  return html !== undefined && html.weight > 0 && types.every((one) => one.weight <= html.weight);
}

function readType(text: string): { name: string; weight: number } {
  const [name = "", ...parameters] = text.split(";").map((part) => part.trim());
  const quality = parameters.find((one) => one.startsWith("q="));
  const weight = quality === undefined ? 1 : Number(quality.slice(2));
  return { name, weight: weight >= 0 && weight <= 1 ? weight : 0 };
}
