import { readViewer } from "../page/answer.ts";
import { isInUse, isTyped } from "../page/in_use.ts";
import { loadPart } from "../page/load_part.ts";
import {
  answeredPart,
  CONTENT,
  isLoading,
  isQuiet,
  NAVBAR,
  type RequestContext,
} from "../page/parts.ts";

/** What a part shows: for whom it was drawn, and its HTML. `null`: its content is gone or of another address. */
type Shown = { viewer: string; text: string } | null;

// A part that came with the document is for everybody.
const NOBODY: Shown = { viewer: "", text: "" };
const shown: Record<string, Shown> = { [NAVBAR]: NOBODY, [CONTENT]: NOBODY };

/** Answers whose swap was left out, as the person uses what they would replace. */
const leftOut = new WeakSet<RequestContext>();

/**
 * Lets an event replace only what has changed. The navigation bar is loaded first; the content follows when it was
 * drawn for another person or with other rights, or quietly when nothing in it is in use.
 */
export function followViewer(): void {
  document.addEventListener("htmx:config:request", (event) => {
    const { sourceElement, sourceEvent } = event.detail.ctx;
    const isContent = sourceElement.id === CONTENT;
    if (isContent && sourceEvent?.type === "LoginStatusChange") event.preventDefault();
  });
  document.addEventListener("htmx:before:swap", (event) => {
    const { ctx, tasks } = event.detail;
    if (!isQuiet(ctx) || !ctx.response) return;
    const part = ctx.target?.id;
    const viewer = readViewer(ctx.response);
    if (part === CONTENT && !mayReplaceContent(viewer)) leftOut.add(ctx);
    const isShown = isSame(part, { viewer, text: ctx.text ?? "" }) || isInDocument(part, tasks);
    if (leftOut.has(ctx) || isShown) event.preventDefault();
  });
  document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
    const part = answeredPart(ctx);
    if (!part || !ctx.response || ctx.response.status >= 500 || leftOut.has(ctx)) return;
    shown[part] = { viewer: readViewer(ctx.response), text: ctx.text ?? "" };
    compareParts(part, part === NAVBAR && ctx.sourceEvent?.type === "LoginStatusChange");
  });
}

/** Forgets what a part shows, so that the next answer replaces it. */
export function forgetPart(id: string): void {
  shown[id] = null;
}

/** For whom the navigation bar was drawn. */
export function shownViewer(): string {
  return viewerOf(NAVBAR);
}

/** Loads the older part when `newer` was drawn for somebody else. */
function compareParts(newer: string, isEvent: boolean): void {
  const older = newer === NAVBAR ? CONTENT : NAVBAR;
  if (isLoading(older)) return;
  const viewer = viewerOf(newer);
  const isDue = !shown[older] || viewer !== viewerOf(older);
  // Data of a signed-in person may have changed, for example the list of their devices.
  if (!isDue && !(isEvent && viewer)) return;
  if (older === NAVBAR || mayReplaceContent(viewer)) loadPart(older);
}

function mayReplaceContent(viewer: string): boolean {
  const now = shown[CONTENT];
  const personOf = (text: string) => text.split(" ")[0];
  if (!now || personOf(viewer) !== personOf(now.viewer)) return true;
  return viewer === now.viewer ? !isInUse() : !isTyped();
}

/** Whether an answer brings nothing new. What a person has typed goes with the person. */
function isSame(part: string, { viewer, text }: NonNullable<Shown>): boolean {
  const now = shown[part];
  if (!now || now.text !== text) return false;
  return viewer === now.viewer || now.viewer === "";
}

/** Whether a part that came with the document has the content of an answer. */
function isInDocument(part: string, tasks: { fragment: DocumentFragment }[]): boolean {
  const element = document.getElementById(part);
  if (shown[part] !== NOBODY || element?.dataset.ready === undefined) return false;
  const answers = tasks.map(({ fragment }) => fragment.querySelector(`#${part}`));
  const html = readHtml(element);
  return answers.some((answer) => answer !== null && readHtml(answer) === html);
}

/** The HTML as the server wrote it: without htmx's mark, and without times, which our script writes anew. */
function readHtml(element: Element): string {
  const copy = element.cloneNode(true) as Element;
  for (const time of copy.querySelectorAll("time[data-time]")) time.replaceChildren();
  return copy.innerHTML.replaceAll(' data-htmx-powered="true"', "");
}

function viewerOf(part: string): string {
  return shown[part]?.viewer ?? "";
}
