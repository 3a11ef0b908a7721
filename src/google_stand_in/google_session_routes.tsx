import { Html } from "@elysiajs/html";

import { drawChooser } from "./chooser.tsx";
import { signInAtStandIn, signOutOfStandIn } from "./google_session.ts";
import { StandInPage } from "./page_layout.tsx";
import { PEOPLE, personIn } from "./people.ts";
import { drawRefusal } from "./refusal_page.tsx";
import { only, page, readForm } from "./responses.ts";
import type { RouteContext } from "./route_context.ts";

/** Sign-in and sign-out at the stand-in itself. FedCM opens `/signin` in a popup. */
export function googleSessionRoutes({ now }: RouteContext) {
  async function signIn(request: Bun.BunRequest): Promise<Response> {
    const person = personIn(await readForm(request));
    if (!person) return page(drawRefusal("Choose an account."), { status: 400 });
    const { headers } = signInAtStandIn(request, { person, now: now() });
    return page(drawSignedIn(person.name), { headers });
  }

  return {
    "/signin": { GET: showChooser, POST: signIn },
    "/logout": only("POST", signOut),
  };
}

function showChooser(): Response {
  const chooser = drawChooser({
    people: PEOPLE,
    action: "/signin",
    fields: {},
    purpose: "to sign in at the stand-in",
    canCancel: false,
  });
  return page(chooser);
}

function signOut(request: Bun.BunRequest): Response {
  return new Response(null, {
    status: 303,
    headers: { Location: "/", ...signOutOfStandIn(request) },
  });
}

function drawSignedIn(name: string): string {
  return String(
    <StandInPage title="Signed in" script="/gsi/signed_in.js">
      <body class="chooser">
        <main>
          <p class="standin">Foyer's stand-in for Google</p>
          <h1>Signed in</h1>
          <p safe>{`${name} is signed in at the stand-in.`}</p>
        </main>
      </body>
    </StandInPage>,
  );
}
