import ipaddr from "ipaddr.js";

/** An IPv4 or IPv6 address. */
export type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** An address, and how many of its first bits a network has in common. */
export type Network = readonly [address: Address, bits: number];

/** The machine that Foyer runs on. */
export const LOOPBACK: readonly Network[] = networks("127.0.0.0/8, ::1");

/** Parses comma-separated networks (`10.0.0.0/8`) and addresses. */
export function networks(text: string): Network[] {
  return text.split(",").map((item) => network(item.trim()));
}

/** Parses an address, with four decimal parts if it is IPv4; `null` if it is none. IPv4 within IPv6 is IPv4. */
export function readAddress(text: string): Address | null {
  const isWritten = text.includes(":") || ipaddr.IPv4.isValidFourPartDecimal(text);
  return isWritten && ipaddr.isValid(text) ? ipaddr.process(text) : null;
}

/** Whether `address` is in one of `list`. */
export function isInNetworks(address: Address, list: readonly Network[]): boolean {
  return list.some(
    ([first, bits]) => first.kind() === address.kind() && address.match(first, bits),
  );
}

function network(text: string): Network {
  const [start = "", length, ...more] = text.split("/");
  const address = readAddress(start);
  if (!address || more.length > 0) {
    throw new TypeError(`has an entry that is not a network like 10.0.0.0/8: "${text}"`);
  }
  const most = address.kind() === "ipv4" ? 32 : 128;
  const bits = length === undefined ? most : /^\d{1,3}$/.test(length) ? Number(length) : Number.NaN;
  if (bits === 0) throw new RangeError(`must not hold "${text}": anybody could write the header`);
  if (bits <= most) return [address, bits];
  throw new RangeError(`has a network whose length is not from 1 to ${most}: "${text}"`);
}
