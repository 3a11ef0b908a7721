import { Html, type PropsWithChildren } from "@elysiajs/html";

import type { FlowRequest } from "./flow_request.ts";
import { HiddenFields, StandInPage } from "./page_layout.tsx";
import type { StandInPerson } from "./people.ts";

/** The One Tap card, with all people who are signed in at the stand-in. */
export function drawPrompt(
  flow: FlowRequest,
  { people, fields }: { people: readonly StandInPerson[]; fields: Record<string, string> },
): string {
  return String(
    <Card flow={flow}>
      <form method="post" action="/gsi/prompt">
        <HiddenFields fields={fields} />
        {people.map(({ name, email }) => (
          <button type="submit" name="email" value={email} safe>
            {`Continue as ${name.split(" ")[0] ?? ""}`}
          </button>
        ))}
      </form>
    </Card>,
  );
}

/** The card for browsers with tracking prevention (ITP). The person chooses in a popup. */
export function drawItpPrompt(flow: FlowRequest): string {
  return String(
    <Card flow={flow}>
      <form>
        <button type="button" id="continue">
          Continue with Google
        </button>
      </form>
    </Card>,
  );
}

function Card({ flow, children }: PropsWithChildren<{ flow: FlowRequest }>) {
  const data = { "data-origin": flow.origin, "data-id": flow.channel };
  return (
    <StandInPage title="Sign in with Google" script="/gsi/prompt.js">
      <body class="prompt" {...data}>
        <header>
          <span safe>{`Sign in to ${flow.origin}`}</span>
          <button type="button" id="close" aria-label="Close">
            ×
          </button>
        </header>
        {children as "safe"}
        <p class="standin">Foyer's stand-in for Google</p>
      </body>
    </StandInPage>
  );
}
