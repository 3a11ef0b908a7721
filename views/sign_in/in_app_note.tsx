import { Html } from "@elysiajs/html";

import { GoogleLink } from "./google_link.tsx";

/** In a browser inside another application, where Google signs nobody in: what to do instead. */
export function InAppNote({ path }: { path: string }) {
  return (
    <p class="fallback in-app" role="status">
      Google does not sign anybody in inside this app. Open this page in your browser, or{" "}
      <GoogleLink path={path}>try all the same</GoogleLink>.
    </p>
  );
}
