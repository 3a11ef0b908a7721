import { PATHS } from "../../src/paths.ts";
import { keepOneTapQuiet } from "./one_tap.ts";

/** After signing out, neither the browser nor Google's script may sign the person in again by itself. */
export function followSignOut(): void {
  document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
    if (ctx.request.action !== PATHS.logout) return;
    keepOneTapQuiet();
    void navigator.credentials?.preventSilentAccess();
  });
}
