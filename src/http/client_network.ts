import { isLoopback } from "../config_values.ts";

/** The address that a request came from, and the one that a proxy reports. */
export interface ClientAddress {
  peer: string | null;
  forwardedFor: string | null;
  /** Whether a proxy on this machine is expected: the public origin is https, but Foyer serves http only. */
  isBehindProxy: boolean;
}

/** The network of a request that really came from the machine that runs Foyer. */
export const THIS_MACHINE = "this machine";

/**
 * The client's network, no more precise than people need: `203.0.113.0/24` or `2001:db8:1::/48`; "" if unknown.
 * Trusts `X-Forwarded-For` only from a proxy on this machine, and only the last entry, which that proxy wrote.
 */
export function describeNetwork({ peer, forwardedFor, isBehindProxy }: ClientAddress): string {
  const isLocal = peer !== null && isLoopback(peer.replace(/^::ffff:/, ""));
  const forwarded = isLocal ? forwardedFor?.split(",").at(-1)?.trim() : undefined;
  // A proxy that does not say whom it serves serves anybody, a phone far away, too.
  if (isLocal && isBehindProxy && !forwarded) return "";
  const address = withoutPort(forwarded || peer || "").replace(/^::ffff:/, "");
  if (isLoopback(address)) return THIS_MACHINE;
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(address)) {
    return `${address.split(".").slice(0, 3).join(".")}.0/24`;
  }
  const host = URL.parse(`http://[${address}]`)?.hostname;
  return host ? `${expand(host.slice(1, -1)).slice(0, 3).join(":")}::/48` : "";
}

/** Removes the port that some proxies add: `203.0.113.7:4711` or `[2001:db8::1]:4711`. */
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
