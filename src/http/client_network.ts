import { isLoopback } from "../config_values.ts";

/** How a request came: from which address, and what a proxy says of the one before it. */
export interface Passage {
  peer: string | null;
  forwardedFor: string | null;
  /** Whether a proxy on this machine is expected: the public origin is https, which Foyer itself does not speak. */
  isBehindProxy: boolean;
}

/**
 * The network that a client is in, as roughly as people need to know it: `203.0.113.0/24` or `2001:db8:1::/48`.
 * A proxy is believed if it is on this machine, and of what it says only its own word, the last.
 */
export function describeNetwork({ peer, forwardedFor, isBehindProxy }: Passage): string {
  const isProxy = isBehindProxy && peer !== null && isLoopback(peer.replace(/^::ffff:/, ""));
  const told = isProxy ? forwardedFor?.split(",").at(-1)?.trim() : undefined;
  const address = withoutPort(told || peer || "").replace(/^::ffff:/, "");
  if (isLoopback(address)) return "this machine";
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(address)) {
    return `${address.split(".").slice(0, 3).join(".")}.0/24`;
  }
  const host = URL.parse(`http://[${address}]`)?.hostname;
  return host ? `${expand(host.slice(1, -1)).slice(0, 3).join(":")}::/48` : "";
}

/** Some proxies write the port, too: `203.0.113.7:4711` or `[2001:db8::1]:4711`. */
function withoutPort(address: string): string {
  return address.replace(/^([\d.]+):\d+$/, "$1").replace(/^\[(.*)\](:\d+)?$/, "$1");
}

/** The eight groups of an IPv6 address. */
function expand(address: string): string[] {
  const [left = "", right = ""] = address.split("::");
  const before = left ? left.split(":") : [];
  const after = right ? right.split(":") : [];
  const missing = address.includes("::") ? 8 - before.length - after.length : 0;
  return [...before, ...Array<string>(missing).fill("0"), ...after];
}
