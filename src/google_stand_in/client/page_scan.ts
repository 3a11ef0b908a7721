import type { ButtonLook } from "./flow.ts";
import { findGlobal, readButtonLook, readConfiguration } from "./html_api.ts";

type Untyped = "initializeIntermediate" | "intermediate" | "renderButton";

/** `google.accounts.id` without the functions for intermediate iframes. Google's types lack some members. */
export type IdApi = Omit<typeof google.accounts.id, Untyped> & {
  renderButton(parent: HTMLElement, look: ButtonLook): void;
  setLogLevel(level: "debug" | "info" | "warn"): void;
};

/** Scans the page once. Like Google, it ignores elements that are added later. */
export function scanPage(id: IdApi): void {
  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", () => scan(id));
  } else {
    scan(id);
  }
}

function scan(id: IdApi): void {
  for (const element of document.querySelectorAll(".g_id_signout")) {
    element.addEventListener("click", () => id.disableAutoSelect());
  }
  const onload = document.getElementById("g_id_onload");
  if (onload) {
    id.initialize(readConfiguration(onload));
    const { auto_prompt, moment_callback, skip_prompt_cookie } = onload.dataset;
    const isPrompted = auto_prompt !== "false" && !hasCookie(skip_prompt_cookie);
    if (isPrompted) whenLoaded(() => id.prompt(findGlobal("moment_callback", moment_callback)));
  }
  for (const slot of document.querySelectorAll<HTMLElement>(".g_id_signin")) {
    id.renderButton(slot, readButtonLook(slot));
  }
}

/** Runs `action` after the `load` event, or soon if the page has already loaded. */
export function whenLoaded(action: () => void): void {
  if (document.readyState === "complete") setTimeout(action);
  else addEventListener("load", action);
}

function hasCookie(name: string | undefined): boolean {
  return document.cookie.split("; ").some((pair) => name && pair.startsWith(`${name}=`));
}
