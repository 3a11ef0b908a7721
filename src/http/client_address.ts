import {
  type Address,
  isInNetworks,
  LOOPBACK,
  type Network,
  readAddress,
} from "../config/networks.ts";
import type { Log } from "../log.ts";

/** Where a request comes from. */
export interface Client {
  /** The address itself, for the log; `null` if nobody says it. */
  exact: string | null;
  /** What limits count by: an IPv4 address, or the first half of an IPv6 address; `null` if nobody says it. */
  address: string | null;
  /** The network, no more precise than people need: `203.0.113.0/24` or `2001:db8:1::/48`; "" if unknown. */
  network: string;
}

/** What a request says about its client. */
export interface Connection {
  /** The address at the other end of the connection. */
  peer: string | null;
  /** `X-Forwarded-For`. */
  forwardedFor: string | null;
}

/** Who says where a request comes from: a proxy, the connection alone, nobody, or a peer that is not believed. */
export type ClientSource = "header" | "connection" | "missing" | "not_trusted";

/** Who says where a request comes from that a proxy in front should have passed on. */
export function sourceOf(
  { peer, forwardedFor }: Connection,
  { trusted }: { trusted: readonly Network[] },
): ClientSource {
  const address = readAddress(peer ?? "");
  if (!address) return "missing";
  if (!isInNetworks(address, trusted)) return forwardedFor === null ? "connection" : "not_trusted";
  return splitChain(forwardedFor ?? "").some((entry) => readAddress(entry)) ? "header" : "missing";
}

export interface ClientReaderOptions {
  /** The proxies whose `X-Forwarded-For` is believed. */
  trusted: readonly Network[];
  /** Whether a proxy is expected before Foyer: the public origin is https, but Foyer serves http only. */
  isBehindProxy: boolean;
  log: Log;
}

/** The network of a request that really came from the machine that runs Foyer. */
export const THIS_MACHINE = "this machine";

const UNKNOWN: Client = { exact: null, address: null, network: "" };

/** More than any chain of proxies writes; what stands before it is not read. */
const MAX_HEADER_LENGTH = 1000;
const MAX_PROXIES = 10;

/** To read addresses costs up to 10 µs, half as much as a page. So many are kept, unless they are long. */
const MAX_KNOWN = 2000;
const MAX_KNOWN_LENGTH = 200;

/** Strangers can connect, too: so many addresses are named in the log, each once. */
const MAX_NAMED = 10;

/**
 * Creates the function that says where a request comes from: the connection's peer, or, if that is a trusted proxy, the
 * last address in `X-Forwarded-For` that is not one. A proxy that names nobody may serve anybody, so such a request has
 * no address. The log names this proxy, and peers that send the header without being trusted.
 */
export function createClientReader({ trusted, isBehindProxy, log }: ClientReaderOptions) {
  const named = new Set<string>();
  const known = new Map<string, Client>();

  function name(event: string, peer: string): void {
    const key = `${event} ${peer}`;
    if (named.has(key) || named.size >= MAX_NAMED) return;
    named.add(key);
    log("warn", event, { peer });
  }

  function isTrusted(address: Address | null): boolean {
    return address !== null && isInNetworks(address, trusted);
  }

  function read({ peer, forwardedFor }: Connection): Client {
    const address = readAddress(peer ?? "");
    if (!address) return UNKNOWN;
    if (!isTrusted(address)) {
      if (forwardedFor !== null) name("forwarded_for_not_trusted", address.toString());
      return describe(address);
    }
    const chain = splitChain(forwardedFor ?? "");
    // Without a stranger in it, the chain begins at a machine of the operator's.
    const last = chain.findLast((entry) => !isTrusted(readAddress(entry))) ?? chain[0];
    const client = readAddress(last ?? "");
    if (client) return describe(client);
    if (!isBehindProxy && chain.length === 0) return describe(address);
    name("forwarded_for_missing", address.toString());
    return UNKNOWN;
  }

  return (connection: Connection): Client => {
    // No header holds a line break.
    const key = `${connection.peer}\n${connection.forwardedFor ?? "\n"}`;
    const found = known.get(key);
    if (found) return found;
    const client = read(connection);
    if (known.size >= MAX_KNOWN) known.clear();
    if (key.length <= MAX_KNOWN_LENGTH) known.set(key, client);
    return client;
  };
}

function describe(address: Address): Client {
  if (address.kind() === "ipv4") {
    const text = address.toString();
    const network = isInNetworks(address, LOOPBACK)
      ? THIS_MACHINE
      : `${text.slice(0, text.lastIndexOf("."))}.0/24`;
    return { exact: text, address: text, network };
  }
  const { parts } = address as Extract<Address, { parts: number[] }>;
  const first = (count: number) =>
    parts
      .slice(0, count)
      .map((part) => part.toString(16))
      .join(":");
  const network = isInNetworks(address, LOOPBACK) ? THIS_MACHINE : `${first(3)}::/48`;
  // A household or a server has 64 bits of addresses to itself.
  return { exact: address.toString(), address: `${first(4)}::/64`, network };
}

/** The network of an address, or of the first half of an IPv6 address; nothing if it is neither. */
export function shortenAddress(text: string): string | undefined {
  const address = readAddress(text.replace(/\/64$/, ""));
  return address ? describe(address).network : undefined;
}

/** The entries of `X-Forwarded-For`, without ports. */
function splitChain(header: string): string[] {
  const entries = header.slice(-MAX_HEADER_LENGTH).split(",").slice(-MAX_PROXIES);
  return header.trim() === "" ? [] : entries.map((entry) => withoutPort(entry.trim()));
}

/** Removes the port that some proxies add: `203.0.113.7:4711` or `[2001:db8::1]:4711`. */
function withoutPort(entry: string): string {
  return entry.replace(/^([\d.]{7,15}):\d{1,5}$/, "$1").replace(/^\[([^\]]*)\](:\d{1,5})?$/, "$1");
}
