import { Html } from "@elysiajs/html";

import { AccountPage } from "../../views/account.tsx";
import { allowedPicture } from "../plugins/security_headers.ts";
import type { SignedIn } from "../plugins/session_reading.ts";
import { describeSession } from "../session_words.ts";
import type { MemberSource } from "./contents.tsx";

/** How long after signing in somebody may delete their account, in milliseconds. */
const RECENT_MS = 600_000;

/** One's own account. */
export async function drawAccount(source: MemberSource): Promise<string> {
  const { store, config, now, signedIn } = source;
  const { user, sessionId, createdAt } = signedIn;
  const found = await store.listSessions({ userId: user.id, now: now() });
  const sessions = found.map((session) => describeSession(session, sessionId));
  const person = {
    name: user.name,
    email: user.email,
    picture: allowedPicture(user.picture, config),
    createdAt: (await store.findPerson(user.id))?.createdAt ?? createdAt,
  };
  const way = sessions.find(({ isThisOne }) => isThisOne)?.way ?? "";
  return String(
    <AccountPage
      person={person}
      signedInAt={createdAt}
      way={way}
      sessions={sessions}
      isRecent={isRecent(signedIn, now())}
    />,
  );
}

/** Whether the person has just shown that it is them, by signing in. */
export function isRecent({ createdAt }: SignedIn, now: number): boolean {
  return now - createdAt < RECENT_MS;
}
