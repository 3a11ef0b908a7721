import Bowser from "bowser";

import type { SessionSummary } from "../../db/contract/people.ts";
import type { SessionRow } from "../../views/pages/sessions.tsx";
import { nameProofs } from "../../views/proof_names.ts";
import type { Words } from "../../views/words/words.ts";
import { THIS_MACHINE } from "../http/client_address.ts";

const MAX_LENGTH = 60;

/** What people hold in their hands. */
const HANDHELD = ["mobile", "tablet"];

/** Our names for Google's sign-in methods. Google may add methods. */
const METHODS: [pattern: RegExp, name: keyof Words["methods"]][] = [
  [/^btn/, "button"],
  [/^fedcm_button/, "dialog"],
  [/^(fedcm|user|auto|itp)/, "prompt"],
  [/^link$/, "link"],
];

/** Describes a device by its `User-Agent`: "Safari on iPhone", and whether it is a phone or a computer. */
export function describeDevice(
  userAgent: string,
  { devices }: Words,
): Pick<SessionRow, "browser" | "kind"> {
  if (userAgent === "") return { browser: devices.unknown, kind: "computer" };
  const { browser, os, platform } = Bowser.parse(userAgent);
  const isHandheld = HANDHELD.includes(platform.type ?? "");
  const name = browser.name?.slice(0, MAX_LENGTH) || devices.unknown;
  // People know an iPhone by its name, and hardly any other model.
  const system = platform.vendor === "Apple" && isHandheld ? platform.model : os.name;
  const browserOnSystem = system ? devices.onSystem(name, system.slice(0, MAX_LENGTH)) : name;
  return { browser: browserOnSystem, kind: isHandheld ? "phone" : "computer" };
}

/** Describes a browser by its `User-Agent`: "Firefox on Windows". */
export function describeBrowser(userAgent: string, words: Words): string {
  return describeDevice(userAgent, words).browser;
}

/** Describes a sign-in method, or returns "" for an unknown one. */
export function describeMethod(method: string, { methods }: Words): string {
  const name = METHODS.find(([pattern]) => pattern.test(method))?.[1];
  return name ? methods[name] : "";
}

/** Describes sessions for their owner, whose own session `thisId` comes first. */
export function describeOwnSessions(
  sessions: SessionSummary[],
  { thisId, words }: { thisId: string; words: Words },
): SessionRow[] {
  const own = sessions.find(({ id }) => id === thisId);
  const ordered = own ? [own, ...sessions.filter((session) => session !== own)] : sessions;
  // Seen from another machine, the one that runs Foyer is not "this computer".
  const isHere = own?.network === THIS_MACHINE;
  return ordered.map((session) => describeSession(session, thisId, { words, isHere }));
}

/** Describes a session in plain words. `thisId` is the session of the person who looks at it. */
export function describeSession(
  { userAgent, method, network, amr, ...session }: SessionSummary,
  thisId: string | null,
  { words, isHere = false }: { words: Words; isHere?: boolean },
): SessionRow {
  const device = describeDevice(userAgent, words);
  return {
    ...session,
    ...device,
    method: describeMethod(method, words),
    proofs: nameProofs(amr ?? [], words).join(", "),
    place: describePlace({ network, kind: device.kind, isHere, words }),
    isThisOne: session.id === thisId,
  };
}

/** Where a device is, or "" where that is not known for sure. */
function describePlace({
  network,
  kind,
  isHere,
  words: { devices },
}: Pick<SessionRow, "kind"> & { network: string; isHere: boolean; words: Words }): string {
  if (network !== THIS_MACHINE) return network && devices.network(network);
  // A phone that seems to be this machine comes through a tunnel.
  if (kind === "phone") return "";
  return isHere ? devices.thisComputer : devices.serversComputer;
}
