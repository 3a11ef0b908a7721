import { createGoogleKeys } from "../../src/auth/google_keys.ts";
import { createGoogleRisc } from "../../src/commands/google_risc.ts";
import { createSigningKey } from "../../src/google_stand_in/signing_keys.ts";

// A process of its own, with NODE_TLS_REJECT_UNAUTHORIZED=0: what a server with a certificate of nobody's is told.

const [url = "", kid = ""] = process.argv.slice(2);
const { privateKey } = await createSigningKey();
const risc = createGoogleRisc({ key: { clientEmail: "a@b.c", keyId: "k", privateKey }, url });
const keys = createGoogleKeys({ url, now: Date.now, log: () => {} });
const messageOf = (error: Error) => `${error.message} ${(error.cause as Error)?.message ?? ""}`;

console.info(
  JSON.stringify({
    plain: await fetch(url).then(({ status }) => status, messageOf),
    keys: await keys.find(kid).then(() => "found", messageOf),
    risc: await risc.readStream().then(() => "read", messageOf),
  }),
);
