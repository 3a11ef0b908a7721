import Bowser from "bowser";

import type { SessionSummary } from "../../db/contract/people.ts";
import type { SessionRow } from "../../views/pages/sessions.tsx";
import { THIS_MACHINE } from "../http/client_network.ts";

const MAX_LENGTH = 60;
const UNKNOWN = "Unknown browser";

/** What people hold in their hands. */
const HANDHELD = ["mobile", "tablet"];

/** Our words for Google's sign-in methods. Google may add methods. */
const METHODS: [pattern: RegExp, words: string][] = [
  [/^btn/, "Google button"],
  [/^fedcm_button/, "Browser’s sign-in dialog"],
  [/^(fedcm|user|auto|itp)/, "Google prompt"],
  [/^link$/, "Google’s page"],
];

/** Describes a device by its `User-Agent`: "Safari on iPhone", and whether it is a phone or a computer. */
export function describeDevice(userAgent: string): Pick<SessionRow, "browser" | "kind"> {
  if (userAgent === "") return { browser: UNKNOWN, kind: "computer" };
  const { browser, os, platform } = Bowser.parse(userAgent);
  const isHandheld = HANDHELD.includes(platform.type ?? "");
  const name = browser.name?.slice(0, MAX_LENGTH) || UNKNOWN;
  // People know an iPhone by its name, and hardly any other model.
  const system = platform.vendor === "Apple" && isHandheld ? platform.model : os.name;
  const browserOnSystem = system ? `${name} on ${system.slice(0, MAX_LENGTH)}` : name;
  return { browser: browserOnSystem, kind: isHandheld ? "phone" : "computer" };
}

/** Describes a browser by its `User-Agent`: "Firefox on Windows". */
export function describeBrowser(userAgent: string): string {
  return describeDevice(userAgent).browser;
}

/** Describes a sign-in method, or returns "" for an unknown one. */
export function describeMethod(method: string): string {
  return METHODS.find(([pattern]) => pattern.test(method))?.[1] ?? "";
}

/** Describes sessions for their owner, whose own session `thisId` comes first. */
export function describeOwnSessions(sessions: SessionSummary[], thisId: string): SessionRow[] {
  const own = sessions.find(({ id }) => id === thisId);
  const ordered = own ? [own, ...sessions.filter((session) => session !== own)] : sessions;
  // Seen from another machine, the one that runs Foyer is not "this computer".
  const isHere = own?.network === THIS_MACHINE;
  return ordered.map((session) => describeSession(session, thisId, { isHere }));
}

/** Describes a session in plain words. `thisId` is the session of the person who looks at it. */
export function describeSession(
  { userAgent, method, network, ...session }: SessionSummary,
  thisId: string | null,
  { isHere = false } = {},
): SessionRow {
  const device = describeDevice(userAgent);
  return {
    ...session,
    ...device,
    method: describeMethod(method),
    place: describePlace({ network, kind: device.kind, isHere }),
    isThisOne: session.id === thisId,
  };
}

/** Where a device is, or "" where that is not known for sure. */
function describePlace({
  network,
  kind,
  isHere,
}: Pick<SessionRow, "kind"> & { network: string; isHere: boolean }): string {
  if (network !== THIS_MACHINE) return network && `Network ${network}`;
  // A phone that seems to be this machine comes through a tunnel.
  if (kind === "phone") return "";
  return isHere ? "This computer" : "The computer that runs this site";
}
