import { Html } from "@elysiajs/html";

import type { FlowRequest } from "./flow_request.ts";
import { StandInPage } from "./page_layout.tsx";

/** The response that the application's callback receives. */
export interface FlowResponse {
  credential: string;
  select_by: string;
  state?: string;
  client_id: string;
  clientId: string;
}

/** The last page of a flow. It sends `response` (`null` if it failed) to the opener's origin only. */
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
