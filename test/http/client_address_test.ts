import { describe, expect, test } from "bun:test";

import { LOOPBACK, networks } from "../../src/config/networks.ts";
import { createClientReader } from "../../src/http/client_address.ts";

/** A reader, and the events that it has logged with the peers that they name. */
function createScene({ trusted = LOOPBACK, isBehindProxy = true } = {}) {
  const lines: string[] = [];
  const read = createClientReader({
    trusted,
    isBehindProxy,
    log: (level, event, fields) => lines.push(`${level} ${event} ${fields?.peer}`),
  });
  return { read, lines };
}

describe("the client of a request", () => {
  type Row = [
    peer: string | null,
    forwardedFor: string | null,
    address: string | null,
    network: string,
  ];

  const DIRECT: Row[] = [
    ["203.0.113.7", null, "203.0.113.7", "203.0.113.0/24"],
    ["::ffff:203.0.113.7", null, "203.0.113.7", "203.0.113.0/24"],
    ["2001:db8:1:2::3", null, "2001:db8:1:2::/64", "2001:db8:1::/48"],
    ["2001:db8:1:2:ffff::3", null, "2001:db8:1:2::/64", "2001:db8:1::/48"],
    ["2001:db8::3", null, "2001:db8:0:0::/64", "2001:db8:0::/48"],
    ["fe80::1%eth0", null, "fe80:0:0:0::/64", "fe80:0:0::/48"],
    [null, null, null, ""],
    ["", null, null, ""],
    ["/tmp/foyer.sock", null, null, ""],
    // What anybody can write is believed from nobody but a trusted proxy.
    ["203.0.113.7", "198.51.100.1", "203.0.113.7", "203.0.113.0/24"],
    ["203.0.113.7", "127.0.0.1", "203.0.113.7", "203.0.113.0/24"],
  ];

  const BEHIND_PROXY: Row[] = [
    ["127.0.0.1", "198.51.100.1", "198.51.100.1", "198.51.100.0/24"],
    ["::ffff:127.0.0.1", "198.51.100.1", "198.51.100.1", "198.51.100.0/24"],
    ["127.9.9.9", "198.51.100.1", "198.51.100.1", "198.51.100.0/24"],
    ["127.0.0.1", "2001:db8:1:2::3", "2001:db8:1:2::/64", "2001:db8:1::/48"],
    ["127.0.0.1", "198.51.100.1:4711", "198.51.100.1", "198.51.100.0/24"],
    ["127.0.0.1", "[2001:db8:1:2::3]:4711", "2001:db8:1:2::/64", "2001:db8:1::/48"],
    ["127.0.0.1", "[2001:db8:1:2::3]", "2001:db8:1:2::/64", "2001:db8:1::/48"],
    ["127.0.0.1", " 198.51.100.1 ", "198.51.100.1", "198.51.100.0/24"],
    // A client's own lies stand to the left of what the proxy has written.
    ["::1", "10.0.0.1, 198.51.100.1", "198.51.100.1", "198.51.100.0/24"],
    ["127.0.0.1", "127.0.0.1, 198.51.100.1", "198.51.100.1", "198.51.100.0/24"],
    ["127.0.0.1", "<script>, 198.51.100.1", "198.51.100.1", "198.51.100.0/24"],
    ["127.0.0.1", `${"1.1.1.1,".repeat(2000)}198.51.100.1`, "198.51.100.1", "198.51.100.0/24"],
    ["127.0.0.1", "198.51.100.1, 127.0.0.1", "198.51.100.1", "198.51.100.0/24"],
    ["127.0.0.1", "198.51.100.1, ::1, 127.0.0.1", "198.51.100.1", "198.51.100.0/24"],
    ["127.0.0.1", "127.0.0.1", "127.0.0.1", "this machine"],
    ["127.0.0.1", "::1", "0:0:0:0::/64", "this machine"],
    // A proxy that does not say whom it serves.
    ["127.0.0.1", null, null, ""],
    ["::1", null, null, ""],
    ["127.0.0.1", "", null, ""],
    ["127.0.0.1", "unknown", null, ""],
    ["127.0.0.1", "198.51.100.1, unknown", null, ""],
    ["127.0.0.1", "198.51.100.1,", null, ""],
    ["127.0.0.1", "<script>alert(1)</script>", null, ""],
    ["127.0.0.1", "1.2.3", null, ""],
    ["127.0.0.1", "0x7f.1", null, ""],
    ["127.0.0.1", "010.0.0.1", null, ""],
    ["127.0.0.1", "1.2.3.4.5", null, ""],
    ["127.0.0.1", "127.0.0.1,".repeat(2000), null, ""],
  ];

  const rows: [what: string, options: Parameters<typeof createScene>[0], rows: Row[]][] = [
    ["on a loopback origin", { isBehindProxy: false }, DIRECT],
    ["on a public origin", {}, [...DIRECT, ...BEHIND_PROXY]],
    [
      "on a loopback origin, from this machine",
      { isBehindProxy: false },
      [
        ["127.0.0.1", null, "127.0.0.1", "this machine"],
        ["::1", null, "0:0:0:0::/64", "this machine"],
        ["::ffff:127.0.0.1", null, "127.0.0.1", "this machine"],
        ["127.0.0.1", "", "127.0.0.1", "this machine"],
        ["127.0.0.1", "198.51.100.1", "198.51.100.1", "198.51.100.0/24"],
        ["127.0.0.1", "unknown", null, ""],
      ],
    ],
    [
      "behind proxies on other machines",
      { trusted: networks("10.0.0.0/8, fd00::/8, 192.0.2.7") },
      [
        ["10.1.2.3", "198.51.100.1", "198.51.100.1", "198.51.100.0/24"],
        ["::ffff:10.1.2.3", "198.51.100.1", "198.51.100.1", "198.51.100.0/24"],
        ["fd00::1", "198.51.100.1, 10.0.0.1", "198.51.100.1", "198.51.100.0/24"],
        ["192.0.2.7", "198.51.100.1", "198.51.100.1", "198.51.100.0/24"],
        ["192.0.2.8", "198.51.100.1", "192.0.2.8", "192.0.2.0/24"],
        // Loopback is the default, and not trusted besides.
        ["127.0.0.1", "198.51.100.1", "127.0.0.1", "this machine"],
        ["10.1.2.3", "10.9.9.9, 10.0.0.1", "10.9.9.9", "10.9.9.0/24"],
        ["10.1.2.3", null, null, ""],
      ],
    ],
  ];
  for (const [what, options, list] of rows) {
    for (const [peer, forwardedFor, address, network] of list) {
      const header = forwardedFor?.slice(0, 40) ?? forwardedFor;
      test(`${what}: ${peer}, forwarded for ${header}: ${address}`, () => {
        const client = createScene(options).read({ peer, forwardedFor });
        expect(client).toMatchObject({ address, network });
        expect(client.exact === null).toBe(address === null);
      });
    }
  }
});

test.each<[peer: string, forwardedFor: string, exact: string]>([
  ["127.0.0.1", "203.0.113.7:4711", "203.0.113.7"],
  ["127.0.0.1", "::ffff:203.0.113.7", "203.0.113.7"],
  ["::1", "2001:db8:1:2:0:0:0:3", "2001:db8:1:2::3"],
  ["2001:db8:1:2::4", "203.0.113.7", "2001:db8:1:2::4"],
])("the log gets the whole address: %s for %s is %s", (peer, forwardedFor, exact) => {
  expect(createScene().read({ peer, forwardedFor }).exact).toBe(exact);
});

test("a client is the same when it comes again, and no other's", () => {
  const { read } = createScene({ isBehindProxy: false });
  const ROWS: [peer: string | null, forwardedFor: string | null, address: string | null][] = [
    ["127.0.0.1", "203.0.113.7", "203.0.113.7"],
    ["127.0.0.1", "203.0.113.8", "203.0.113.8"],
    ["203.0.113.9", "203.0.113.7", "203.0.113.9"],
    ["127.0.0.1", null, "127.0.0.1"],
    ["127.0.0.1", "null", null],
    [null, "203.0.113.7", null],
    ["null", "203.0.113.7", null],
  ];
  for (let round = 0; round < 3; round += 1) {
    for (const [peer, forwardedFor, address] of ROWS) {
      expect(read({ peer, forwardedFor }).address).toBe(address);
    }
    for (let index = 0; index < 5000; index += 1) {
      const forwardedFor = `198.51.${index >> 8}.${index & 255}`;
      expect(read({ peer: "127.0.0.1", forwardedFor }).address).toBe(forwardedFor);
    }
  }
});

describe("the log names", () => {
  test("a proxy that names no client, once", () => {
    const { read, lines } = createScene();
    for (const forwardedFor of [null, "", "unknown"]) read({ peer: "127.0.0.1", forwardedFor });
    expect(lines).toEqual(["warn forwarded_for_missing 127.0.0.1"]);
    read({ peer: "::1", forwardedFor: null });
    expect(lines).toHaveLength(2);
  });

  test("a peer that is not trusted but sends the header, once", () => {
    const { read, lines } = createScene();
    for (const forwardedFor of ["198.51.100.1", "", "x"]) read({ peer: "10.1.2.3", forwardedFor });
    expect(lines).toEqual(["warn forwarded_for_not_trusted 10.1.2.3"]);
  });

  test("nobody else", () => {
    const { read, lines } = createScene();
    read({ peer: "127.0.0.1", forwardedFor: "198.51.100.1" });
    read({ peer: "198.51.100.1", forwardedFor: null });
    read({ peer: null, forwardedFor: "198.51.100.1" });
    createScene({ isBehindProxy: false }).read({ peer: "127.0.0.1", forwardedFor: null });
    expect(lines).toEqual([]);
  });

  test("ten at most, so that strangers do not fill it", () => {
    const { read, lines } = createScene();
    for (let host = 1; host < 200; host += 1) read({ peer: `10.1.2.${host}`, forwardedFor: "x" });
    expect(lines).toHaveLength(10);
  });
});
