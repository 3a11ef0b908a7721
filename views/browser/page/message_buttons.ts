import htmx from "htmx.org";

/** An act that would undo another, as an answer names it. */
export interface Undo {
  method?: string;
  path?: string;
  values?: Record<string, string>;
}

/** What a person can do next: a link. An `href` of "" is the address of the page. */
export interface Step {
  label: string;
  href: string;
}

/** Lets a button of a message act. One that has nothing to do is removed. */
export function onClick(
  message: Element | null,
  name: string,
  act: (() => void) | undefined,
): void {
  const button = message?.querySelector(`[data-${name}]`);
  if (act) button?.addEventListener("click", act);
  else button?.remove();
}

const METHODS = ["post", "put", "delete"];

/** Turns a button into that of an act, as views/act_button.tsx draws it. An address elsewhere is no act of ours. */
export function offerUndo(button: Element | null | undefined, undo: Undo | undefined): void {
  const { method = "", path = "", values = {} } = undo ?? {};
  const address = URL.parse(path, location.href);
  const isOurs = METHODS.includes(method) && address?.origin === location.origin;
  if (!button || !isOurs) return button?.remove();
  button.setAttribute(`hx-${method}`, address.pathname + address.search);
  button.setAttribute("hx-vals", JSON.stringify(values));
  htmx.process(button);
}

/** Turns a link of a message into that of a step. One without a step is removed. */
export function offerStep(link: HTMLAnchorElement | null, step: Step | undefined): void {
  if (!link || !step) return link?.remove();
  link.href = step.href || location.href;
  link.append(step.label);
}
