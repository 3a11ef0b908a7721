import { Html } from "@elysiajs/html";

import { googlePath } from "../src/paths.ts";

/** In a browser inside another application, where Google signs nobody in: what to do instead. */
export function InAppNote({ path }: { path: string }) {
  return (
    <p class="fallback in-app" role="status">
      Google does not sign anybody in inside this app. Open this page in your browser, or{" "}
      <a class="google-link" href={googlePath(path)}>
        try all the same
      </a>
      .
    </p>
  );
}
