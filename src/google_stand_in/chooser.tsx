import { Html } from "@elysiajs/html";

import type { FlowRequest } from "./flow_request.ts";
import { FlowFields, StandInPage } from "./page_frame.tsx";
import { PEOPLE, type StandInPerson } from "./people.ts";

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
      <em>{remark}</em>
    </button>
  );
}
