import { Html } from "@elysiajs/html";

import type { SessionEnd } from "../db/contract/session_end.ts";
import type { IconName } from "./icon.tsx";
import { SignedOut } from "./signed_out.tsx";
import type { Words } from "./words/words.ts";

export interface SessionEndCardProps {
  words: Words;
  end: SessionEnd;
  /** How long sessions last, in milliseconds. */
  limits: { sessionMaxAgeMs: number; sessionLifetimeMs: number };
  /** The page that the session was needed for. */
  title: string;
  path: string;
}

const ICONS: Record<SessionEnd, IconName> = {
  idle: "clock",
  too_old: "clock",
  elsewhere: "computer",
  admin: "people",
  google: "warning",
  policy: "lock",
  suspicion: "shield",
};

/** Tells a person why their session ended. */
export function SessionEndCard({ words, end, limits, title, path }: SessionEndCardProps) {
  return (
    <SignedOut words={words} title={words.signedOut.title} icon={ICONS[end]} path={path}>
      {end === "suspicion"
        ? (words.signedOut.ends.suspicion(
            <a href="https://myaccount.google.com/security" safe>
              {words.signedOut.googleAccount}
            </a>,
          ) as "safe")
        : (Html.escapeHtml(describeSessionEnd({ words, end, limits })) as "safe")}
      {end === "idle" ? (
        <> {words.signedOut.signInToGoBack(<b safe>{title}</b>) as "safe"}</>
      ) : null}
    </SignedOut>
  );
}

/** Why a session ended, in a sentence without links. */
export function describeSessionEnd({
  words,
  end,
  limits,
}: Pick<SessionEndCardProps, "words" | "end" | "limits">): string {
  const { ends, googleAccount } = words.signedOut;
  const { duration } = words.formats;
  switch (end) {
    case "idle":
      return ends.idle(duration(limits.sessionMaxAgeMs));
    case "too_old":
      return ends.too_old(duration(limits.sessionLifetimeMs));
    case "suspicion":
      return String(ends.suspicion(googleAccount));
    default:
      return ends[end];
  }
}
