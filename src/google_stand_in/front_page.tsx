import { Html } from "@elysiajs/html";

import { StandInPage } from "./page_layout.tsx";
import { PEOPLE, type StandInPerson } from "./people.ts";
import { type Play, PLAYS } from "./play.ts";

export interface FrontPageProps {
  /** The ids of the keys in the key set. */
  keyIds: string[];
  /** The people who are signed in at the stand-in in this browser. */
  accounts: StandInPerson[];
  play: Play;
}

/** The page at `/`: what the stand-in is, and how it behaves now. */
export function drawFrontPage({ keyIds, accounts, play }: FrontPageProps): string {
  const signedIn = accounts.map(({ email }) => email).join(", ") || "none";
  return String(
    <StandInPage title="Foyer's stand-in for Google">
      <body class="chooser">
        <main>
          <p class="standin">For development and tests on this machine only</p>
          <h1>Foyer's stand-in for Google</h1>
          <p>
            It signs real RS256 tokens with its own keys (<a href="/oauth2/v3/certs">key set</a>).
            These people have an account:
          </p>
          <ul>
            {PEOPLE.map(({ name, email }) => (
              <li safe>{`${name}, ${email}`}</li>
            ))}
          </ul>
          <form method="post" action="/logout">
            <p safe>{`Signed in here: ${signedIn}`}</p>
            <a href="/signin">Sign in</a> <button type="submit">Sign out all accounts</button>
          </form>
          <form method="post" action="/stand_in/rotate_keys">
            <p safe>{`Keys: ${keyIds.map((kid) => kid.slice(0, 8)).join(", ")}`}</p>
            <button type="submit">Rotate keys</button>
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
      <h2>Simulate answers and failures</h2>
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
      <button type="submit">Apply</button>
    </form>
  );
}
