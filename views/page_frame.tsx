import { Html, type PropsWithChildren } from "@elysiajs/html";

import { fragmentPath } from "../src/paths.ts";

export interface PageFrameProps {
  name: string;
  /** Whether the content is there already, or is to be loaded into this place. */
  isLoaded: boolean;
}

/** The content section's outer element, the same in the page and in each fragment; it loads itself anew. */
export function PageFrame({ name, isLoaded, children }: PropsWithChildren<PageFrameProps>) {
  return (
    <main
      id="content_section"
      tabindex="-1"
      aria-busy={isLoaded ? "false" : "true"}
      hx-get={fragmentPath(name)}
      hx-trigger={`${isLoaded ? "" : "load, "}LoginStatusChange from:document`}
      hx-swap="outerHTML"
      hx-sync="this:replace"
    >
      {children as "safe"}
    </main>
  );
}

/** A content that was refused: one plain sentence, and the way to the sign-in that stands in the navigation bar. */
export function PageRefusal({ sentence, canSignIn }: { sentence: string; canSignIn: boolean }) {
  return (
    <section class="card refusal" role="status">
      <h1 safe>{sentence}</h1>
      {canSignIn ? (
        <p>
          Use the Google button in the <a href="#auth_navbar">navigation bar</a> above.
        </p>
      ) : (
        <p>
          The <a href="#auth_navbar">navigation bar</a> above shows how you are signed in.
        </p>
      )}
    </section>
  );
}
