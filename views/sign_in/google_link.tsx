import { Html, type PropsWithChildren } from "@elysiajs/html";

import { googlePath } from "../../src/paths.ts";

export interface GoogleLinkProps {
  /** The current page. The person returns to it. */
  path: string;
  isButton?: boolean;
}

/**
 * Sign-in without any script. A link, not a form: the policy's `form-action` applies to every redirect of a form.
 * views/browser/sign_in/google_link.ts keeps its return path up to date.
 */
export function GoogleLink({
  path,
  isButton = false,
  children,
}: PropsWithChildren<GoogleLinkProps>) {
  return (
    <a class={isButton ? "google-link button" : "google-link"} href={googlePath(path)}>
      {children as "safe"}
    </a>
  );
}

/** The label of our own sign-in buttons. */
export function GoogleLabel() {
  return (
    <>
      <svg class="google-mark" viewBox="0 0 24 24" width="18" height="18" aria-hidden="true">
        <path
          d="M21 12.2c0 5-3.5 8.8-8.8 8.8a9 9 0 1 1 6-15.7l-2.6 2.5a5.4 5.4 0 1 0 1.6 6.1h-5v-3.4h8.6q.2.8.2 1.7Z"
          fill="currentColor"
        />
      </svg>
      Sign in with Google
    </>
  );
}
