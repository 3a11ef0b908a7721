import { Html } from "@elysiajs/html";

import { AccountPage } from "../../views/pages/account.tsx";
import { isRecent } from "../auth/session_policy.ts";
import { allowedPicture } from "../http/security_headers.ts";
import { describeSession } from "./describe_session.ts";
import type { MemberSource } from "./page.ts";

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
  const method = sessions.find(({ isThisOne }) => isThisOne)?.method ?? "";
  return String(
    <AccountPage
      person={person}
      signedInAt={createdAt}
      method={method}
      sessions={sessions}
      isRecent={isRecent(signedIn, now())}
    />,
  );
}
