import htmx from "htmx.org";

import { PATHS, TOP_PAGE } from "../../../src/paths.ts";
import { NAVBAR } from "./parts.ts";

/** Loads a part: the navigation bar, or the content of the document's address. `cause` is the name of an event. */
export function loadPart(id: string, cause = "stale"): void {
  const source = document.getElementById(id);
  if (!source) return;
  const name = location.pathname.slice(PATHS.page.length + 1) || TOP_PAGE;
  const path = id === NAVBAR ? PATHS.navbar : `${PATHS.fragments}/${name}`;
  void htmx.ajax("GET", path, { source, event: new Event(cause) });
}
