import { Html } from "@elysiajs/html";

import { StandInPage } from "./page_frame.tsx";
import { PEOPLE, type StandInPerson } from "./people.ts";

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
export function drawIndex({
  keyIds,
  accounts,
}: {
  keyIds: string[];
  accounts: StandInPerson[];
}): string {
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
          <form method="post" action="/logout">
            <p safe>
              {`Signed in here: ${accounts.map(({ email }) => email).join(", ") || "nobody"}`}
            </p>
            <a href="/signin">Sign somebody in</a> <button type="submit">Sign everybody out</button>
          </form>
          <form method="post" action="/stand_in/rotate_keys">
            <p safe>{`Keys: ${keyIds.map((kid) => kid.slice(0, 8)).join(", ")}`}</p>
            <button type="submit">Rotate the keys</button>
          </form>
        </main>
      </body>
    </StandInPage>,
  );
}
