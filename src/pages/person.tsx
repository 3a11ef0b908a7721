import { Html } from "@elysiajs/html";

import { AdminPersonPage } from "../../views/pages/admin_person.tsx";
import type { Words } from "../../views/words/words.ts";
import { isConfiguredAdmin } from "../auth/admission.ts";
import { RefusedRequest } from "../errors.ts";
import { readQuery } from "../http/query.ts";
import { allowedPicture } from "../http/security_headers.ts";
import { describeEvents } from "./describe_event.ts";
import { describeSession } from "./describe_session.ts";
import type { MemberContext } from "./page.ts";

const HISTORY_LENGTH = 50;

/** Draws one person for administrators. Throws `not_found`. */
export async function drawPerson(id: string, context: MemberContext): Promise<string> {
  const { store, config, now, signedIn, words } = context;
  const person = await store.findPerson(id);
  if (!person) throw noSuchPerson(words);
  const sessions = await store.listSessions({ userId: id, now: now() });
  const events = await store.listEvents({ personId: id, limit: HISTORY_LENGTH });
  const picture = allowedPicture(person.picture, config);
  const policy = {
    isConfiguredAdmin: isConfiguredAdmin(person, config),
    isSignUpOpen: config.signUp === "open",
  };
  return (
    <AdminPersonPage
      person={{ ...person, ...policy, picture }}
      sessions={sessions.map((session) => describeSession(session, signedIn.sessionId, { words }))}
      events={await describeEvents(events, { store, words })}
      words={words}
    />
  );
}

/** The name of the person whom the address names, or `null`. */
export async function findTitle({ store, query }: MemberContext): Promise<string | null> {
  const id = readQuery(query, "person", 36);
  return id ? ((await store.findPerson(id))?.name ?? null) : null;
}

/** The refusal when the person is not there any more. */
export function noSuchPerson({ person }: Words): RefusedRequest {
  return new RefusedRequest("not_found", { detail: person.isGone });
}
