import { describe, expect, test } from "bun:test";

import { describeNetwork } from "../../src/http/client_network.ts";

describe("describeNetwork", () => {
  const ROWS: [
    peer: string | null,
    forwardedFor: string | null,
    isBehindProxy: boolean,
    network: string,
  ][] = [
    ["203.0.113.7", null, false, "203.0.113.0/24"],
    ["::ffff:203.0.113.7", null, false, "203.0.113.0/24"],
    ["2001:db8:1:2::3", null, false, "2001:db8:1::/48"],
    ["2001:db8::3", null, false, "2001:db8:0::/48"],
    ["127.0.0.1", null, false, "this machine"],
    ["::1", null, false, "this machine"],
    ["::ffff:127.0.0.1", null, false, "this machine"],
    [null, null, false, ""],
    // What anybody can write is believed from nobody but a proxy on this machine.
    ["203.0.113.7", "198.51.100.1", false, "203.0.113.0/24"],
    ["203.0.113.7", "198.51.100.1", true, "203.0.113.0/24"],
    ["127.0.0.1", "198.51.100.1", false, "198.51.100.0/24"],
    ["127.0.0.1", "198.51.100.1", true, "198.51.100.0/24"],
    ["::1", "10.0.0.1, 198.51.100.1", true, "198.51.100.0/24"],
    ["127.0.0.1", "198.51.100.1, 2001:db8:1:2::3", true, "2001:db8:1::/48"],
    ["127.0.0.1", "198.51.100.1:4711", true, "198.51.100.0/24"],
    ["127.0.0.1", "[2001:db8:1:2::3]:4711", true, "2001:db8:1::/48"],
    ["127.0.0.1", "127.0.0.1", true, "this machine"],
    // A proxy that does not say whom it serves.
    ["127.0.0.1", "", true, ""],
    ["127.0.0.1", null, true, ""],
    ["127.0.0.1", "", false, "this machine"],
    ["127.0.0.1", "unknown", true, ""],
    ["127.0.0.1", "<script>alert(1)</script>", true, ""],
    ["127.0.0.1", "1.2.3", true, ""],
  ];
  for (const [peer, forwardedFor, isBehindProxy, network] of ROWS) {
    test(`${peer}, forwarded for ${forwardedFor}, ${isBehindProxy ? "a proxy" : "no proxy"}: ${network}`, () => {
      expect(describeNetwork({ peer, forwardedFor, isBehindProxy })).toBe(network);
    });
  }
});
