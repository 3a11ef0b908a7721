import { Html, type PropsWithChildren } from "@elysiajs/html";

import { fragmentPath } from "../src/paths.ts";

export interface PageFrameProps {
  name: string;
  /** Whether `children` is the page. Otherwise the frame loads it. */
  isLoaded: boolean;
}

/** The content section's outer element, shared by the document and each fragment. It reloads itself. */
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

/** A refused page: one plain sentence, and a link to the navigation bar with the sign-in. */
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
