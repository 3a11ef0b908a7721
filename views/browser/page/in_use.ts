import { CONTENT } from "./parts.ts";

let typed: Element | null = null;
let opened: Element | null = null;

/** Notes when a person types into the content, opens something in it, or loads more into it. */
export function noteUse(): void {
  document.addEventListener("input", ({ target }) => {
    typed = contentAround(target) ?? typed;
  });
  // `toggle` does not bubble.
  document.addEventListener("toggle", ({ target }) => (opened = contentAround(target) ?? opened), {
    capture: true,
  });
  document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
    if (ctx.target?.id !== CONTENT) opened = contentAround(ctx.target) ?? opened;
  });
}

/** Whether a person has typed into the content that is shown. */
export function isTyped(): boolean {
  return typed !== null && typed === findContent();
}

/** Whether a person would lose something if the content were replaced: text, what is open, rows, focus, selection. */
export function isInUse(): boolean {
  const content = findContent();
  if (!content) return false;
  const holds = (node: Node | null) => node !== content && content.contains(node);
  // A heading has the focus only so that a page is read from there.
  const focused = document.activeElement?.matches("h1") ? null : document.activeElement;
  const selection = getSelection();
  const isSelected = selection?.isCollapsed === false && holds(selection.anchorNode);
  return isTyped() || opened === content || holds(focused) || isSelected;
}

function findContent(): Element | null {
  return document.getElementById(CONTENT);
}

function contentAround(target: EventTarget | null): Element | null {
  return target instanceof Element ? target.closest(`#${CONTENT}`) : null;
}
