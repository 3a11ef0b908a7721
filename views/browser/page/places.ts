import { forgetPart } from "../session/viewer.ts";
import { loadPart } from "./load_part.ts";
import { focusPage } from "./page_focus.ts";
import { answeredPart, CONTENT } from "./parts.ts";

/** How far each history entry of this tab was scrolled, by the entry's name in `history.state`. */
const places = openPlaces();

/** How long the page rests before its place is saved, in milliseconds. */
const REST_MS = 100;

let entry = "";
let address = "";
/** Where the content of this entry, once it has come, is to be scrolled to. */
let goal: string | undefined;
let resting: ReturnType<typeof setTimeout> | undefined;

/**
 * Brings people back to where they were after back, forward and reload. The browser cannot, as the content comes
 * later than the document.
 */
export function keepPlaces(): void {
  history.scrollRestoration = "manual";
  enter();
  // A public page comes with the document.
  if (document.getElementById(CONTENT)?.dataset.ready !== undefined) scrollToGoal();
  document.addEventListener("htmx:before:history:update", savePlace);
  // Before personal data is removed from the page.
  window.addEventListener("pagehide", savePlace, { capture: true });
  // Firefox loses what is stored on "pagehide" when another process shows the next page, as for another site.
  document.addEventListener("scroll", () => {
    clearTimeout(resting);
    resting = setTimeout(savePlace, REST_MS);
  });
  window.addEventListener("pageshow", ({ persisted }) => {
    const isEmpty = document.getElementById(CONTENT)?.childElementCount === 0;
    if (persisted && isEmpty) goal = places[entry];
  });
  document.addEventListener("htmx:after:history:push", enter);
  document.addEventListener("htmx:after:history:replace", nameEntry);
  // htmx would replace the whole body. Only the content belongs to an address.
  document.addEventListener("htmx:before:history:restore", (event) => event.preventDefault());
  window.addEventListener("popstate", () => {
    savePlace();
    const left = address;
    enter();
    if (address === left) return scrollToGoal();
    forgetPart(CONTENT);
    loadPart(CONTENT, "popstate");
  });
  document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
    if (answeredPart(ctx) !== CONTENT) return;
    scrollToGoal();
    const isBack = ctx.sourceEvent?.type === "popstate";
    if (isBack && document.activeElement === document.body) focusPage();
  });
}

/** Takes up the current history entry. A new one gets a name. */
function enter(): void {
  entry = history.state?.entry ?? `at ${Date.now()}`;
  nameEntry();
  goal = places[entry];
}

function nameEntry(): void {
  history.replaceState({ htmx: true, entry }, "");
  address = location.pathname + location.search;
}

function savePlace(): void {
  clearTimeout(resting);
  // While the content is missing, the page cannot be scrolled, and the goal is still good.
  if (goal === undefined) places[entry] = String(scrollY);
}

function scrollToGoal(): void {
  if (goal !== undefined) scrollTo(0, Number(goal));
  goal = undefined;
}

/** The tab's storage, or a substitute where the person has switched it off. */
function openPlaces(): Record<string, string> {
  try {
    return sessionStorage;
  } catch {
    return {};
  }
}
