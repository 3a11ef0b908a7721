import { connect } from "node:tls";

import { TIMEOUT_MS } from "./finding.ts";

const DAY_MS = 86_400_000;

/** How many days the certificate of an https origin is still valid; `null` if it cannot be read from here. */
export async function readDaysLeft(origin: string, now: number): Promise<number | null> {
  const { hostname, port } = new URL(origin);
  const host = hostname.replace(/^\[(.*)\]$/, "$1");
  const { promise, resolve } = Promise.withResolvers<string | null>();
  // Only its date is read here; whether it can be believed shows when the origin is asked.
  const options = { host, servername: hostname, port: Number(port || 443) };
  const socket = connect({ ...options, rejectUnauthorized: false }, () =>
    resolve(socket.getPeerCertificate().valid_to ?? null),
  );
  socket.setTimeout(TIMEOUT_MS, () => resolve(null));
  socket.on("error", () => resolve(null));
  const end = Date.parse((await promise) ?? "");
  socket.destroy();
  return Number.isNaN(end) ? null : Math.floor((end - now) / DAY_MS);
}
