import fc from "fast-check";

import { networks } from "../../../src/config/networks.ts";
import { type Client, createClientReader } from "../../../src/http/client_address.ts";
import { hostileOrLong, type Text, writeOut } from "../hostile_text.ts";
import type { Target } from "../target.ts";

interface Case {
  /** What a stranger sends as `X-Forwarded-For`. */
  sent: Text[];
  /** Where the stranger really is, as the proxy appends it. */
  stranger: string;
  /** Proxies of the operator, who append each other. */
  proxies: string[];
  isBehindProxy: boolean;
}

const STRANGERS = ["203.0.113.7", "198.51.100.255", "2001:db8:1:2::3", "2001:DB8::1", "9.9.9.9"];
const PROXIES = ["127.0.0.1", "10.0.0.1", "10.255.255.255", "::1", "fd00::5", "::ffff:10.1.2.3"];
const ENTRIES = [
  ...[
    ...STRANGERS,
    ...PROXIES,
    "",
    " ",
    "unknown",
    "_hidden",
    "203.0.113.7:4711",
    "[2001:db8::1]:1",
  ],
  ...[
    "999.1.1.1",
    "1.2.3",
    "0x7f.1",
    "017700000001",
    "fe80::1%eth0",
    "::",
    "::ffff:0:0",
    "1.2.3.4.5",
  ],
  ...["127.0.0.1\t", "for=1.2.3.4", "[::1", "10.0.0.1/8", "٣.٣.٣.٣", "localhost"],
];

/** `X-Forwarded-For`: a stranger's own words neither hide nor move where they are. */
export function clientTarget(): Target<Case> {
  const log = () => {};
  const trusted = networks("127.0.0.0/8, ::1, 10.0.0.0/8, fd00::/8");
  const readers = [true, false].map((isBehindProxy) =>
    createClientReader({ trusted, isBehindProxy, log }),
  ) as [ReturnType<typeof createClientReader>, ReturnType<typeof createClientReader>];
  return {
    name: "client",
    round: 3000,
    arbitrary: fc.record({
      sent: fc.array(fc.oneof(fc.constantFrom<Text>(...ENTRIES), hostileOrLong), { maxLength: 4 }),
      stranger: fc.constantFrom(...STRANGERS),
      proxies: fc.array(fc.constantFrom(...PROXIES), { minLength: 1, maxLength: 3 }),
      isBehindProxy: fc.boolean(),
    }),
    check: ({ sent, stranger, proxies, isBehindProxy }) => {
      const read = readers[isBehindProxy ? 0 : 1];
      const own = sent.length === 0 ? null : sent.map(writeOut).join(",");
      const [peer = "", ...before] = proxies.toReversed();
      const chain = [...(own === null ? [] : [own]), stranger, ...before].join(", ");
      const alone = read({ peer, forwardedFor: stranger });
      const direct = read({ peer: stranger, forwardedFor: null });
      const rows: [what: string, client: Client, expected: Client][] = [
        ["behind a proxy", alone, direct],
        ["behind proxies, with words of their own", read({ peer, forwardedFor: chain }), direct],
        [
          "without a proxy, with words of their own",
          read({ peer: stranger, forwardedFor: own }),
          direct,
        ],
      ];
      for (const [what, client, expected] of rows) {
        if (!Bun.deepEquals(client, expected))
          return `${what}: ${JSON.stringify([client, expected])}`;
      }
      return judgeShape(read({ peer, forwardedFor: own })) ?? judgeShape(direct);
    },
  };
}

/** An address that limits count by, and a network that is no more precise than people need. */
function judgeShape({ address, network }: Client): string | null {
  const isAddress = address === null || /^(?:\d+\.\d+\.\d+\.\d+|[\da-f:]+::\/64)$/.test(address);
  const isNetwork = /^(?:|this machine|\d+\.\d+\.\d+\.0\/24|[\da-f:]+::\/48)$/.test(network);
  return isAddress && isNetwork ? null : `reads ${JSON.stringify({ address, network })}`;
}
