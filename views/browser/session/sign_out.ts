import { keepOneTapQuiet } from "../sign_in/one_tap.ts";

/** After signing out, neither the browser nor Google's script may sign the person in again by itself. */
export function followSignOut(): void {
  document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
    // By whatever act a person ends their own session, the answer has the page load itself anew.
    const isOwnEnd =
      ctx.request.method !== "GET" &&
      ctx.response?.headers.get("HX-Trigger") === "LoginStatusChange";
    if (!isOwnEnd) return;
    keepOneTapQuiet();
    void navigator.credentials?.preventSilentAccess();
  });
}
