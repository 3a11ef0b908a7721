import { Html, type PropsWithChildren } from "@elysiajs/html";

import { SWAP_NO_REFUSAL } from "./act_button.tsx";

/** A form that changes something on the server and reloads the page. */
export function ActForm({
  path,
  class: className = "line",
  children,
}: PropsWithChildren<{ path: string; class?: string }>) {
  return (
    <form
      class={className}
      hx-post={path}
      hx-target="#content_section"
      hx-swap="outerHTML"
      {...SWAP_NO_REFUSAL}
    >
      {children as "safe"}
    </form>
  );
}
