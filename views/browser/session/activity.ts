import { PATHS } from "../../../src/paths.ts";
import { readMaxAge } from "./shown_session.ts";

// A page scrolls by itself, too; these are a person's.
const SIGNS = ["pointerdown", "keydown", "wheel", "touchmove"] as const;

/** Which part of the time after which an idle session ends may pass between two words of activity. */
const PART = 0.2;

let toldAt = Date.now();

/** Keeps somebody signed in who reads and writes on a page without asking the server for anything. */
export function noteActivity(): void {
  for (const sign of SIGNS) document.addEventListener(sign, note, { capture: true, passive: true });
}

function note(): void {
  const maxAge = readMaxAge();
  if (!maxAge || Date.now() - toldAt < maxAge * 1000 * PART) return;
  toldAt = Date.now();
  // Any request that a person causes is activity; this one has the least to say.
  void fetch(PATHS.navbar, { method: "HEAD", headers: { "HX-Request": "true" } }).catch(() => {});
}
