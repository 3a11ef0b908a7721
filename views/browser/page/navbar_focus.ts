import { readShownSession } from "../session/shown_session.ts";
import { NAVBAR } from "./parts.ts";

/** What opens the account menu. */
export const ACCOUNT_BUTTON = `#${NAVBAR} [popovertarget="account_menu"]`;

/** What a person used of the navigation bar before it was replaced. */
interface Used {
  /** Selectors of what may get the focus, the best first; none if it was not in the bar. */
  heirs: string[];
  /** The menus that were open, by id, and for which session. */
  open: string[];
  session: string | null;
}

/** Keeps the focus on the same control of the navigation bar, and its menus open, when the bar is replaced. */
export function keepNavbarFocus(): void {
  let used: Used | null = null;
  document.addEventListener("htmx:before:swap", ({ detail: { ctx } }) => {
    if (ctx.target?.id === NAVBAR) used = noteUse(ctx.target);
  });
  document.addEventListener("htmx:after:swap", ({ detail: { ctx } }) => {
    if (ctx.target?.id !== NAVBAR || !used) return;
    const { heirs, open, session } = used;
    used = null;
    // Another person's menu is not the one that was opened.
    if (session === readShownSession()) {
      for (const id of open) document.getElementById(id)?.showPopover();
    }
    if (document.activeElement !== document.body) return;
    const found = heirs.map((heir) => document.querySelector<HTMLElement>(heir));
    found.find((heir) => heir?.checkVisibility())?.focus({ preventScroll: true });
  });
}

function noteUse(bar: Element): Used {
  const focused = document.activeElement;
  const menus = [...bar.querySelectorAll("[popover]:popover-open")];
  return {
    heirs: focused && bar.contains(focused) ? listHeirs(focused) : [],
    open: menus.map(({ id }) => id),
    session: readShownSession(),
  };
}

function listHeirs(focused: Element): string[] {
  const inBar = (name: string, value: string | null | undefined) =>
    value ? [`#${NAVBAR} [${name}="${CSS.escape(value)}"]`] : [];
  return [
    ...["href", "popovertarget", "hx-post"].flatMap((name) =>
      inBar(name, focused.getAttribute(name)),
    ),
    ...inBar("popovertarget", focused.closest("[popover]")?.id),
    ACCOUNT_BUTTON,
    `#${NAVBAR} .account :is(a, button)`,
    `#${NAVBAR} .brand`,
  ];
}
