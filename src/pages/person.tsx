import { Html } from "@elysiajs/html";

import { AdminPersonPage } from "../../views/pages/admin_person.tsx";
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
  const { store, config, now, signedIn } = context;
  const person = await store.findPerson(id);
  if (!person) throw noSuchPerson();
  const sessions = await store.listSessions({ userId: id, now: now() });
  const events = await store.listEvents({ personId: id, limit: HISTORY_LENGTH });
  const picture = allowedPicture(person.picture, config);
  return (
    <AdminPersonPage
      person={{ ...person, picture, isConfiguredAdmin: isConfiguredAdmin(person, config) }}
      sessions={sessions.map((session) => describeSession(session, signedIn.sessionId))}
      events={await describeEvents(events, store)}
    />
  );
}

/** The name of the person whom the address names, or `null`. */
export async function findTitle({ store, query }: MemberContext): Promise<string | null> {
  const id = readQuery(query, "person", 36);
  return id ? ((await store.findPerson(id))?.name ?? null) : null;
}

/** The refusal when the person is not there any more. */
export function noSuchPerson(): RefusedRequest {
  return new RefusedRequest("not_found", { detail: "This person has no account here any more." });
}
