import { Html } from "@elysiajs/html";

import { StandInPage } from "./page_layout.tsx";
import { PEOPLE, type StandInPerson } from "./people.ts";
import { type Play, PLAYS } from "./play.ts";

export interface FrontPageProps {
  /** The ids of the keys that are shown. */
  keyIds: string[];
  /** Who is signed in at the stand-in in this browser. */
  accounts: StandInPerson[];
  play: Play;
}

/** What the stand-in is, for whoever opens its address. */
export function drawFrontPage({ keyIds, accounts, play }: FrontPageProps): string {
  const signedIn = accounts.map(({ email }) => email).join(", ") || "nobody";
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
            <p safe>{`Signed in here: ${signedIn}`}</p>
            <a href="/signin">Sign somebody in</a> <button type="submit">Sign everybody out</button>
          </form>
          <form method="post" action="/stand_in/rotate_keys">
            <p safe>{`Keys: ${keyIds.map((kid) => kid.slice(0, 8)).join(", ")}`}</p>
            <button type="submit">Rotate the keys</button>
          </form>
          <PlayForm play={play} />
        </main>
      </body>
    </StandInPage>,
  );
}

function PlayForm({ play }: { play: Play }) {
  return (
    <form method="post" action="/stand_in/play" class="play">
      <h2>Play a Google in trouble</h2>
      {Object.entries(PLAYS).map(([part, choices]) => (
        <label>
          <span safe>{part.replace("_", " ")}</span>
          <select name={part}>
            {choices.map((choice) => (
              <option selected={play[part as keyof Play] === choice}>{choice}</option>
            ))}
          </select>
        </label>
      ))}
      <button type="submit">Play</button>
    </form>
  );
}
