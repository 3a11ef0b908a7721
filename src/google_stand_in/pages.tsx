import { Html, type PropsWithChildren } from "@elysiajs/html";

import { PEOPLE, type StandInPerson } from "./people.ts";

/** What a page of the stand-in's was opened with; it all comes from the application's page. */
export interface FlowRequest {
  clientId: string;
  /** The origin of the page that asks. */
  origin: string;
  nonce: string;
  /** Names the flow; the opener proves that it is its own by revealing what this is the hash of. */
  channel: string;
  state: string;
}

/** What the application's callback is given. */
export interface FlowResponse {
  credential: string;
  select_by: string;
  state?: string;
  client_id: string;
}

function StandInPage({
  title,
  script,
  children,
}: PropsWithChildren<{ title: string; script?: string }>) {
  return (
    <>
      {"<!doctype html>"}
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title safe>{title}</title>
          <link rel="icon" href="data:," />
          <link rel="stylesheet" href="/gsi/page.css" />
          {script ? <script type="module" src={script}></script> : null}
        </head>
        {children as "safe"}
      </html>
    </>
  );
}

/** The account chooser; the people come first. */
export function drawChooser(flow: FlowRequest): string {
  return String(
    <StandInPage title="Choose an account">
      <body class="chooser">
        <main>
          <p class="standin">Foyer's stand-in for Google</p>
          <h1>Choose an account</h1>
          <p safe>{`to continue to ${flow.origin}`}</p>
          <form method="post" action="/gsi/select">
            <FlowFields {...flow} />
            <ul>
              {PEOPLE.map((person) => (
                <li>
                  <PersonButton {...person} />
                </li>
              ))}
            </ul>
          </form>
          <form method="post" action="/gsi/select" class="other">
            <FlowFields {...flow} />
            <h2>Another account</h2>
            <label>
              Email <input type="email" name="email" required autocomplete="off" />
            </label>
            <label>
              Name <input name="name" autocomplete="off" />
            </label>
            <label>
              Workspace domain <input name="hd" autocomplete="off" placeholder="none" />
            </label>
            <button type="submit">Continue</button>
          </form>
        </main>
      </body>
    </StandInPage>,
  );
}

function FlowFields({ clientId, origin, nonce, channel, state }: FlowRequest) {
  const fields = { client_id: clientId, origin, nonce, channel, state };
  return (
    <>
      {Object.entries(fields).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
    </>
  );
}

function PersonButton({
  sub,
  name,
  email,
  hasPicture,
  hostedDomain,
  emailVerified,
}: StandInPerson) {
  const remark = hostedDomain ? "Workspace" : emailVerified ? "" : "address not verified";
  return (
    <button type="submit" name="email" value={email}>
      {hasPicture ? (
        <img src={`/people/${sub}.svg`} alt="" width="40" height="40" />
      ) : (
        <span class="initial" aria-hidden="true" safe>
          {name.slice(0, 1)}
        </span>
      )}
      <span>
        <b safe>{name}</b>
        <small safe>{email}</small>
      </span>
      <em safe>{remark}</em>
    </button>
  );
}

/** The end of a flow: hands `response` to the page that asked, and to no other. */
export function drawResponse({ origin, channel }: FlowRequest, response: FlowResponse): string {
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

/** The button's frame. */
export function drawButtonFrame({
  look,
  origin,
  id,
}: {
  look: Record<string, string>;
  origin: string;
  id: string;
}): string {
  const data = { "data-origin": origin, "data-id": id };
  return String(
    <StandInPage title="Sign in with Google" script="/gsi/button.js">
      <body
        class={`button-frame ${look.theme ?? ""} ${look.size ?? ""} ${look.shape ?? ""} ${look.type ?? ""}`}
        {...data}
      >
        <button type="button">
          <span class="g" aria-hidden="true">
            G
          </span>
          <span class="text" safe>
            {look.text ?? ""}
          </span>
        </button>
      </body>
    </StandInPage>,
  );
}

/** The One Tap card. */
export function drawPrompt(flow: FlowRequest, person: StandInPerson): string {
  const data = { "data-origin": flow.origin, "data-id": flow.channel };
  return String(
    <StandInPage title="Sign in with Google" script="/gsi/prompt.js">
      <body class="prompt" {...data}>
        <header>
          <span safe>{`Sign in to ${flow.origin}`}</span>
          <button type="button" id="close" aria-label="Close">
            ×
          </button>
        </header>
        <form method="post" action="/gsi/prompt">
          <FlowFields {...flow} />
          <button type="submit" name="email" value={person.email} safe>
            {`Continue as ${person.name.split(" ")[0] ?? ""}`}
          </button>
        </form>
        <p class="standin">Foyer's stand-in for Google</p>
      </body>
    </StandInPage>,
  );
}

/** A page of the stand-in's that says why it will not go on, as Google's does. */
export function drawRefusal(sentence: string): string {
  return String(
    <StandInPage title="Access blocked">
      <body class="chooser">
        <main>
          <p class="standin">Foyer's stand-in for Google</p>
          <h1>Access blocked</h1>
          <p safe>{sentence}</p>
        </main>
      </body>
    </StandInPage>,
  );
}

/** What the stand-in is, for whoever opens its address. */
export function drawIndex(keyIds: string[]): string {
  return String(
    <StandInPage title="Foyer's stand-in for Google">
      <body class="chooser">
        <main>
          <p class="standin">For development and tests on this machine only</p>
          <h1>Foyer's stand-in for Google</h1>
          <p>
            It signs real RS256 tokens with its own keys (<a href="/oauth2/v3/certs">the key set</a>
            ), and knows these people:
          </p>
          <ul>
            {PEOPLE.map(({ name, email }) => (
              <li safe>{`${name}, ${email}`}</li>
            ))}
          </ul>
          <form method="post" action="/stand_in/rotate_keys">
            <p safe>{`Keys: ${keyIds.map((kid) => kid.slice(0, 8)).join(", ")}`}</p>
            <button type="submit">Rotate the keys</button>
          </form>
        </main>
      </body>
    </StandInPage>,
  );
}
