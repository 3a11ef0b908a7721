import htmx from "htmx.org";

import { PAGE_PATHS, pageOfPath, TOP_PAGE } from "../../../src/paths.ts";
import { CONTENT, NAVBAR } from "./parts.ts";

/** Loads a part: the navigation bar, or the content of the document's address. `cause` is the name of an event. */
export function loadPart(id: string, cause = "stale"): void {
  const source = document.getElementById(id);
  if (!source) return;
  // A document at another address says that a request was refused: there is nothing to load.
  if (id === CONTENT && pageOfPath(location.pathname) === null) return;
  const name = location.pathname.slice(PAGE_PATHS.page.length + 1) || TOP_PAGE;
  const path = id === NAVBAR ? PAGE_PATHS.navbar : `${PAGE_PATHS.fragments}/${name}`;
  void htmx.ajax("GET", path, { source, event: new Event(cause) });
}
