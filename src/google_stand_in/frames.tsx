import { Html } from "@elysiajs/html";

import type { FlowRequest } from "./flow_request.ts";
import { StandInPage } from "./page_frame.tsx";

/** What the application's callback is given. */
export interface FlowResponse {
  credential: string;
  select_by: string;
  state?: string;
  client_id: string;
  clientId: string;
}

/** The end of a flow: hands `response` (`null` if it failed) to the page that asked, and to no other. */
export function drawResponse(
  { origin, channel }: FlowRequest,
  response: FlowResponse | null,
): string {
  const data = {
    "data-origin": origin,
    "data-channel": channel,
    "data-response": JSON.stringify(response),
  };
  return String(
    <StandInPage title="One moment" script="/gsi/response.js">
      <body {...data}>
        <p class="standin">One moment …</p>
      </body>
    </StandInPage>,
  );
}

/** An account chooser that closes at once, as if somebody had done so. */
export function drawClosing(): string {
  return String(
    <StandInPage title="One moment" script="/gsi/close.js">
      <body></body>
    </StandInPage>,
  );
}

const BUTTON_TEXTS: Record<string, string> = {
  signin_with: "Sign in with Google",
  signup_with: "Sign up with Google",
  continue_with: "Continue with Google",
  signin: "Sign in",
};

/** The button's frame, in the look that the page asks for. */
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
