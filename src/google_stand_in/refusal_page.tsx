import { Html } from "@elysiajs/html";

import { StandInPage } from "./page_layout.tsx";

/** A page of the stand-in's that says why it will not go on, as Google's does. */
export function drawRefusal(sentence: string): string {
  return String(
    <StandInPage title="Access blocked">
      <body class="chooser">
        <main>
          <p class="standin">Foyer's stand-in for Google</p>
          <h1>Access blocked</h1>
          <p safe>{sentence}</p>
        </main>
      </body>
    </StandInPage>,
  );
}
