import { Html } from "@elysiajs/html";

import { StandInPage } from "./page_layout.tsx";

/** A page that says why the flow cannot continue, like Google's page. */
export function drawRefusal(reason: string): string {
  return String(
    <StandInPage title="Access blocked">
      <body class="chooser">
        <main>
          <p class="standin">Foyer's stand-in for Google</p>
          <h1>Access blocked</h1>
          <p safe>{reason}</p>
        </main>
      </body>
    </StandInPage>,
  );
}
