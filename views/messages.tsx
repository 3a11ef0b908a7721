import { Html } from "@elysiajs/html";

import { Icon } from "./icon.tsx";

/**
 * Where messages appear: a polite and an assertive region, which are never replaced, and the message that our script
 * copies into them. `data-` attributes hold the sentences that the browser itself says.
 */
export function Messages() {
  return (
    <div
      id="sign_in_message"
      class="messages"
      data-unreachable="The server cannot be reached."
      data-offline="You are offline. What you see may be out of date."
    >
      <div role="status"></div>
      <div role="alert"></div>
      <template>
        <div class="message">
          <p></p>
          <button type="button" class="button">
            Try again
          </button>
          <button type="button" class="button plain icon" aria-label="Close message">
            <Icon name="close" />
          </button>
        </div>
      </template>
    </div>
  );
}
