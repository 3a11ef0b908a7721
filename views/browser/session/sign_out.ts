import { keepOneTapQuiet } from "../sign_in/one_tap.ts";

/** After sign-out, neither the browser nor Google's script may sign the person in again automatically. */
export function followSignOut(): void {
  document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
    // Every act that ends the person's own session answers with this event.
    const endsOwnSession =
      ctx.request.method !== "GET" &&
      ctx.response?.headers.get("HX-Trigger") === "LoginStatusChange";
    if (!endsOwnSession) return;
    keepOneTapQuiet();
    void navigator.credentials?.preventSilentAccess();
  });
}
