import { Html } from "@elysiajs/html";

import { StandInPage } from "./page_layout.tsx";

const BUTTON_TEXTS: Record<string, string> = {
  signin_with: "Sign in with Google",
  signup_with: "Sign up with Google",
  continue_with: "Continue with Google",
  signin: "Sign in",
};

/** The button's frame. `query` has its text, theme, size, shape and type. */
export function drawButtonFrame(query: URLSearchParams): string {
  const look = (name: string) => query.get(name) ?? "";
  const data = { "data-origin": look("origin"), "data-id": look("iframe_id") };
  return String(
    <StandInPage title="Sign in with Google" script="/gsi/button.js">
      <body
        class={["button-frame", ...["theme", "size", "shape", "type"].map(look)].join(" ")}
        {...data}
      >
        <button type="button">
          <span class="g" aria-hidden="true">
            G
          </span>
          <span class="text" safe>
            {BUTTON_TEXTS[look("text")] ?? "Sign in with Google"}
          </span>
        </button>
      </body>
    </StandInPage>,
  );
}
