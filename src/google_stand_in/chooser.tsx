import { Html } from "@elysiajs/html";

import { HiddenFields, StandInPage } from "./page_layout.tsx";
import type { StandInPerson } from "./people.ts";

export interface ChooserOptions {
  /** The path that the choice is posted to, with `fields`. */
  action: string;
  fields: Record<string, string>;
  people: readonly StandInPerson[];
  /** The text below the heading. */
  purpose: string;
  /** Whether there is a Cancel button. */
  canCancel: boolean;
}

/** The account chooser: the known people, then a form for any other address. */
export function drawChooser(options: ChooserOptions): string {
  const { action, fields, people, purpose, canCancel } = options;
  return String(
    <StandInPage title="Choose an account">
      <body class="chooser">
        <main>
          <p class="standin">Foyer's stand-in for Google</p>
          <h1>Choose an account</h1>
          <p safe>{purpose}</p>
          <form method="post" action={action}>
            <HiddenFields fields={fields} />
            <ul>
              {people.map((person) => (
                <li>
                  <PersonButton {...person} />
                </li>
              ))}
            </ul>
          </form>
          <form method="post" action={action} class="other">
            <HiddenFields fields={fields} />
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
          {canCancel ? (
            <form method="post" action={action} class="cancel">
              <HiddenFields fields={fields} />
              <button type="submit" name="error" value="access_denied">
                Cancel
              </button>
            </form>
          ) : null}
        </main>
      </body>
    </StandInPage>,
  );
}

/** An account chooser that closes at once, as if the person had closed it. */
export function drawClosedChooser(): string {
  return String(
    <StandInPage title="One moment" script="/gsi/close.js">
      <body></body>
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
