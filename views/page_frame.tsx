import { Html, type PropsWithChildren } from "@elysiajs/html";

import { fragmentPath } from "../src/paths.ts";

export interface PageFrameProps {
  name: string;
  /**
   * `empty`: the frame loads the page. `ready`: `children` is the page as anonymous people see it, and our script
   * keeps the frame from loading it again. `loaded`: `children` is the answer to a load.
   */
  state: "empty" | "ready" | "loaded";
  /** Whether it says that the person is signed out. views/browser/session/signed_out.ts moves the focus there. */
  isSignedOut?: boolean;
}

/** The content section's outer element, shared by the document and each fragment. It reloads itself. */
export function PageFrame({
  name,
  state,
  isSignedOut,
  children,
}: PropsWithChildren<PageFrameProps>) {
  return (
    <main
      id="content_section"
      tabindex="-1"
      aria-busy={state === "empty" ? "true" : "false"}
      data-signed_out={isSignedOut ? "" : undefined}
      data-ready={state === "ready" ? "" : undefined}
      hx-get={fragmentPath(name)}
      hx-trigger={`${state === "loaded" ? "" : "load, "}LoginStatusChange from:document`}
      hx-swap="outerHTML"
      hx-sync="this:replace"
    >
      {children as "safe"}
    </main>
  );
}
