import type { AppStore } from "../../db/contract/app_store.ts";
import { hashToken } from "../../src/auth/token.ts";
import type { Challenge, Given } from "./model/ask.ts";
import type { State } from "./model/state.ts";
import { ACCESS, BOUND } from "./sending.ts";

/** An answer, as far as the model foretells it. */
export interface Received {
  status: number;
  code: string | null;
  cookie: "kept" | "given" | "cleared";
  /** Why the session ended, if the answer says so. */
  reason: string | null;
  /** `X-Answered-For`: whose page it is, and their rights; `X-Auth-Request-User`: who visits an application. */
  answeredFor: string | null;
  /** The name that a sign-in says. */
  name: string | null;
  body: string;
  location: string | null;
  setCookies: string[];
  /** The challenge in it, and what it is for. */
  challenge: { text: string; purpose: Challenge["purpose"]; sessionId: string | null } | null;
  given: Given;
}

/** Reads an answer to its end. Who is behind a new cookie is looked up in the store. */
export async function receive(response: Response, store: AppStore): Promise<Received> {
  const body = await response.text();
  const setCookies = response.headers.getSetCookie();
  const last = setCookies.findLast((line) => SESSION.test(line));
  const isCleared = last?.includes("Max-Age=0;") ?? false;
  const isJson = /json/.test(response.headers.get("content-type") ?? "");
  const {
    code = null,
    reason = null,
    Authenticated_as: name = null,
  } = isJson ? JSON.parse(body) : {};
  const token = last && !isCleared ? (SESSION.exec(last)?.[1] ?? null) : null;
  return {
    status: response.status,
    cookie: last === undefined ? "kept" : isCleared ? "cleared" : "given",
    location: response.headers.get("location"),
    answeredFor:
      response.headers.get("x-answered-for") ?? response.headers.get("x-auth-request-user"),
    ...{ code, reason, name, body, setCookies },
    challenge: challengeIn(response.headers),
    given: {
      ...(await readGiven(token, store)),
      access: valueIn(setCookies, ACCESS),
      bound: valueIn(setCookies, BOUND),
    },
  };
}

const SESSION = /^(?:__Host-Http-)?session_id=([^;]*)/;

function challengeIn(headers: Headers): Received["challenge"] {
  const offer = headers.get("secure-session-registration");
  const next = headers.get("secure-session-challenge");
  const text = /"([\w-]+\.[\w-]+)"/.exec(offer ?? next ?? "")?.[1];
  if (text === undefined) return null;
  const sessionId = /;id="([^"]+)"/.exec(next ?? "")?.[1] ?? null;
  return { text, purpose: offer ? "register" : "refresh", sessionId };
}

/** The value of a new cookie. */
function valueIn(setCookies: readonly string[], name: string): string | null {
  const line = setCookies.findLast((one) => one.startsWith(`${name}=`)) ?? "";
  return /^[^=]*=([^;]+)/.exec(line)?.[1] ?? null;
}

async function readGiven(
  token: string | null,
  store: AppStore,
): Promise<Omit<Given, "access" | "bound">> {
  const found = token === null ? null : await store.findSession(hashToken(token));
  return { token, sessionId: found?.id ?? null, personId: found?.user.id ?? null };
}

/** Who is signed in where and who may what, in lines: as the model has it. */
export function describeState({ people, sessions, invitations }: State, now: number): string[] {
  const lines = [...people.values()].map(({ id, account, ...flags }) => {
    const { isDisabled, isDisabledByGoogle, hasRole } = flags;
    return describePerson({ id, email: account.email, isDisabled, isDisabledByGoogle, hasRole });
  });
  for (const {
    id,
    personId,
    createdAt,
    lastSeenAt,
    idleEndsAt,
    isEndedByAdmin,
    device,
  } of sessions.values()) {
    if (isEndedByAdmin || idleEndsAt <= now) continue;
    const boundAt = device?.boundAt ?? null;
    lines.push(describeSession({ id, personId, createdAt, lastSeenAt, boundAt }));
  }
  for (const [email, until] of invitations) if (until > now) lines.push(`invited ${email}`);
  return lines.toSorted();
}

/** The same as the store has it, for the people with these ids. */
export async function describeStore(
  store: AppStore,
  { ids, now }: { ids: Iterable<string>; now: number },
): Promise<string[]> {
  const lines: string[] = [];
  for (const personId of new Set(ids)) {
    const person = await store.findPerson(personId);
    if (!person) continue;
    const { email, disabledAt, googleDisabledAt, adminSince } = person;
    const isDisabledByGoogle = googleDisabledAt !== null;
    const rights = {
      isDisabled: disabledAt !== null,
      isDisabledByGoogle,
      hasRole: adminSince !== null,
    };
    lines.push(describePerson({ id: personId, email, ...rights }));
    const sessions = await store.listSessions({ userId: personId, now });
    for (const session of sessions) lines.push(describeSession({ ...session, personId }));
  }
  const invitations = await store.listInvitations(now);
  lines.push(...invitations.map(({ email }) => `invited ${email}`));
  return lines.toSorted();
}

interface PersonFacts {
  id: string;
  email: string;
  isDisabled: boolean;
  isDisabledByGoogle: boolean;
  hasRole: boolean;
}

function describePerson({
  id,
  email,
  isDisabled,
  isDisabledByGoogle,
  hasRole,
}: PersonFacts): string {
  const rights = [
    isDisabled && "disabled",
    isDisabledByGoogle && "disabled by Google",
    hasRole && "admin",
  ];
  return ["person", id, email, ...rights.filter(Boolean)].join(" ");
}

interface SessionFacts {
  id: string;
  personId: string;
  createdAt: number;
  lastSeenAt: number;
  boundAt: number | null;
}

function describeSession({ id, personId, boundAt, ...times }: SessionFacts): string {
  const bound = boundAt === null ? "" : ` bound ${boundAt}`;
  return `session ${id} of ${personId} since ${times.createdAt} seen ${times.lastSeenAt}${bound}`;
}
