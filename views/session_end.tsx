import { Html } from "@elysiajs/html";

import type { SessionEnd } from "../db/contract/session_end.ts";
import type { IconName } from "./icon.tsx";
import { SignedOut } from "./signed_out.tsx";

export interface SessionEndCardProps {
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
export function SessionEndCard({ end, limits, title, path }: SessionEndCardProps) {
  return (
    <SignedOut title="You are signed out" icon={ICONS[end]} path={path}>
      <Reason end={end} limits={limits} title={title} />
    </SignedOut>
  );
}

function Reason({ end, limits, title }: Omit<SessionEndCardProps, "path">) {
  switch (end) {
    case "idle":
      return (
        <>
          You were not active for <span safe>{describeDuration(limits.sessionMaxAgeMs)}</span>, so
          we signed you out to keep your account safe. Sign in to go back to <b safe>{title}</b>.
        </>
      );
    case "too_old":
      return (
        <>
          Your session was <span safe>{describeDuration(limits.sessionLifetimeMs)}</span> old.
          Please sign in again.
        </>
      );
    case "elsewhere":
      return <>You signed out this device from another one.</>;
    case "admin":
      return <>An admin signed you out.</>;
    case "google":
      return <>Google reported a problem with your account.</>;
    case "policy":
      return <>Your account may no longer sign in here.</>;
    case "suspicion":
      return (
        <>
          We signed you out because someone used an old copy of your session. If it was not you,
          check your <a href="https://myaccount.google.com/security">Google account</a>.
        </>
      );
  }
}

const UNITS = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
] as const;

/** A duration in the largest unit that it is a multiple of: "7 days", "90 seconds". */
export function describeDuration(ms: number): string {
  const [unit, length] = UNITS.find(([, size]) => ms % size === 0) ?? (["second", 1000] as const);
  const style = { style: "unit", unit, unitDisplay: "long" } as const;
  return new Intl.NumberFormat("en", style).format(Math.round(ms / length));
}
