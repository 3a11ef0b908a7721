import { Html } from "@elysiajs/html";

import { GoogleLink } from "./google_link.tsx";

/** Help for browsers inside other apps, where Google refuses to sign people in. */
export function InAppNote({ path }: { path: string }) {
  return (
    <p class="fallback in-app" role="status">
      Google does not sign anybody in inside this app. Open this page in your browser, or{" "}
      <GoogleLink path={path}>try all the same</GoogleLink>.
    </p>
  );
}
