import type { Browser } from "./browser.ts";
import { timeOf } from "./device.ts";
import type { RequestWish } from "./model/ask.ts";
import { isUnproved } from "./model/unproved.ts";
import type { Received } from "./observation.ts";
import type { Sending } from "./sending.ts";
import type { World } from "./world.ts";

/** A process looks into the audit log for a fault of a session at most once in this time. */
const QUIET_MS = 60_000;

/** Remembers what a new challenge is for. */
export function learnChallenge({ challenges }: World, { challenge, given }: Received): void {
  if (!challenge) return;
  const { text, purpose } = challenge;
  const sessionId = challenge.sessionId ?? given.sessionId ?? "";
  challenges.set(text, { sessionId, purpose, at: timeOf(text) });
}

/** Whether a request without its device surely has the log looked at; `null`: the process may have done that just now. */
export function mayNote(
  { state, around, processes, faultsOfDevices }: World,
  { wish, process }: Sending,
  { token, bound }: { token: string | null; bound: string | null },
): true | null {
  const session = state.sessions.values().find(({ tokens }) => tokens.has(token ?? ""));
  const { now } = around;
  const isAboutDevice = wish.kind === "bind" || wish.kind === "refresh";
  if (!session || !(isAboutDevice || isUnproved(session, { bound, now }))) return true;
  const key = `${processes.indexOf(process)} ${session.id}`;
  const last = faultsOfDevices.get(key) ?? Number.NEGATIVE_INFINITY;
  faultsOfDevices.set(key, now);
  return Math.abs(now - last) <= QUIET_MS ? null : true;
}

/** The browser takes note of what an answer says to its device. */
export function noteDevice(
  { device }: Browser,
  { wish, received }: { wish: RequestWish; received: Received },
): void {
  if (!device) return;
  const { status, challenge, body } = received;
  if (challenge?.purpose === "register") device.offer = challenge.text;
  if (challenge?.purpose === "refresh") {
    device.earlier = [...device.earlier, device.challenge].filter((one) => one !== null);
    device.challenge = challenge.text;
  }
  if (wish.kind === "bind" && status === 200) {
    device.sessionId = JSON.parse(body).session_identifier;
    device.earlier = [];
  }
  if (wish.kind === "refresh" && status === 401) device.sessionId = null;
}
