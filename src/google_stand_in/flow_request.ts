import { PEOPLE, personOf, type StandInPerson } from "./people.ts";

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

/** A flow's fields, or the sentence with which Google would refuse them. */
export function readFlow(fields: { get(name: string): string | null }): FlowRequest | string {
  const text = (name: string) => fields.get(name) ?? "";
  const origin = text("origin");
  if (!text("client_id")) return "The given client ID is not found.";
  const host = URL.parse(origin)?.hostname ?? "";
  if (!/^(localhost|127\.0\.0\.1|\[::1\])$/.test(host) || new URL(origin).origin !== origin) {
    return "The given origin is not allowed for the given client ID.";
  }
  return {
    clientId: text("client_id"),
    origin,
    nonce: text("nonce"),
    channel: text("channel"),
    state: text("state"),
  };
}

/** The person whom `login_hint` names, or the first. */
export function personHinted(request: Request): StandInPerson {
  const hint = new URL(request.url).searchParams.get("login_hint");
  const found = PEOPLE.find(({ email, sub }) => email === hint || sub === hint);
  return found ?? personOf({ email: PEOPLE[0]?.email ?? "" });
}
