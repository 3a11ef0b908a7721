import { readShownSession } from "../session/shown_session.ts";
import { isInMessage, removeMessage, showDone } from "./message.ts";
import type { Undo } from "./message_buttons.ts";

/** What is shown, for whom, and the ids of what gets the focus after it: what acted, or what took its place. */
let shown: { message: Element | null; session: string | null; heirs: string[] } | null = null;

/** Shows what an act has done, in the words of the answer's `HX-Trigger` header, and offers to undo it. */
export function followActMessages(): void {
  let actor = "";
  document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
    const { request, sourceElement } = ctx;
    if (request.method !== "GET" && !isInMessage(sourceElement)) actor = sourceElement.id;
  });
  document.addEventListener("PageMessage", (event) => {
    const { text, undo } = (event as CustomEvent<{ text: string; undo?: Undo }>).detail;
    say(text, { undo, actor });
  });
  // What a link does without leaving the page, such as a download.
  document.addEventListener("click", ({ target }) => {
    const link = target instanceof Element ? target.closest<HTMLElement>("a[data-done]") : null;
    if (link) say(link.dataset.done ?? "", { actor: link.id });
  });
  document.addEventListener("htmx:response:error", ({ detail: { ctx } }) => {
    // What cannot be undone is not offered again.
    if (isInMessage(ctx.sourceElement) && Number(ctx.response?.status) < 500) forget();
  });
  document.addEventListener("htmx:after:swap", () => {
    // It was for the person who acted.
    if (shown && readShownSession() !== shown.session) forget();
  });
}

function say(text: string, { undo, actor }: { undo?: Undo | undefined; actor: string }): void {
  // The message before may hold the focus, and gives it back.
  forget();
  const heirs = [actor, document.activeElement?.id ?? ""];
  shown = { message: showDone(text, undo), session: readShownSession(), heirs };
}

function forget(): void {
  removeMessage(shown?.message, shown?.heirs);
  shown = null;
}
