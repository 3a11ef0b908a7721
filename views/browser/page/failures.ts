import htmx from "htmx.org";

import { isOurs } from "./answer.ts";
import { loadPart } from "./load_part.ts";
import { readSentence, showMessage, showStatus } from "./message.ts";
import type { Step } from "./message_buttons.ts";
import { CONTENT, isQuiet, loadingPart, NAVBAR, type RequestContext } from "./parts.ts";
import { retryLater, retryNow } from "./retry.ts";

/**
 * Keeps an answer that is not ours from the page, says why a request failed if the page did not change, and offers a
 * retry where that can help.
 */
export function reportFailures(): void {
  document.addEventListener("htmx:before:response", (event) => {
    const { ctx } = event.detail;
    const { response } = ctx;
    // Our own failure may explain an empty page. It must not replace one that is open.
    const isFailure = isQuiet(ctx) && Number(response?.status) >= 500;
    if (response && isOurs(response) && !isFailure) return;
    event.preventDefault();
    void response?.raw.body?.cancel();
    fail(ctx);
  });
  document.addEventListener("htmx:before:swap", (event) => {
    const { ctx } = event.detail;
    if (!isBroken(event.detail)) return;
    event.preventDefault();
    ctx.swap = "none";
    fail(ctx);
  });
  document.addEventListener("htmx:error", ({ detail: { ctx } }) => {
    if (ctx) fail(ctx);
  });
  document.addEventListener("htmx:response:error", ({ detail: { ctx } }) => {
    const problem = readProblem(ctx.response?.headers.get("content-type"), ctx.text ?? "");
    const status = Number(ctx.response?.status);
    if (!problem) return;
    const again = status >= 500 ? () => retry(ctx) : undefined;
    showMessage(problem.detail, { retry: again, step: problem.step });
    // The row that a person has acted on is gone, so the list is old.
    if (status === 404 && ctx.request.method !== "GET") loadPart(CONTENT, "refused");
  });
  window.addEventListener("offline", () => showStatus(readSentence("offline")));
}

/**
 * Whether an answer is broken although it bears our headers: it lacks the part that it would replace, or it ends too
 * early. Firefox takes an answer that was cut for a whole one.
 */
function isBroken({ ctx, tasks }: { ctx: RequestContext; tasks: SwapTask[] }): boolean {
  const { fragment } = tasks.find(({ type }) => type === "main") ?? {};
  const first = fragment?.firstElementChild;
  if (!fragment || ctx.swap.startsWith("none")) return false;
  const { id } = ctx.target;
  const isPart = [NAVBAR, CONTENT].includes(id) && ctx.swap.startsWith("outerHTML");
  const end = `</${first?.localName}>`;
  const isCut = first?.outerHTML.endsWith(end) && !ctx.text?.includes(end);
  return isCut || (isPart && !fragment.querySelector(`#${id}`));
}

interface SwapTask {
  type: string;
  fragment: DocumentFragment;
}

function fail(ctx: RequestContext): void {
  const sentence = readSentence(navigator.onLine ? "unreachable" : "offline");
  const part = loadingPart(ctx);
  if (!part) showMessage(sentence, { retry: () => retry(ctx) });
  else if (retryLater(part)) showStatus(sentence, { retry: retryNow });
}

/** What a problem document (RFC 9457) tells a person. */
interface Problem {
  detail: string;
  step?: Step;
}

/** Reads a problem document; `null` if there is none: an HTML refusal is swapped in and needs no message. */
function readProblem(type: string | null | undefined, text: string): Problem | null {
  return type?.startsWith("application/problem+json") ? JSON.parse(text) : null;
}

/** Sends the request again, as the same act. */
function retry({ request, sourceElement, sourceEvent }: RequestContext): void {
  const event = sourceEvent ?? new Event("retry");
  void htmx.ajax(request.method, request.action, { source: sourceElement, event });
}
