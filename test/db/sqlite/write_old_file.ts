import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { SignIn } from "../../../db/contract/store.ts";
import { openSqlite } from "../../../db/sqlite/open_sqlite.ts";
import { MACHINE } from "../../../src/machine.ts";
import { auditAt } from "../../fixture.ts";

// Writes a small database file of today's schema for upgrade_test.ts. Run it when a migration was added.

const NOON = Date.UTC(2026, 10, 22, 12);
const FAR = Date.UTC(2100, 0, 1);

const folder = mkdtempSync(join(tmpdir(), "foyer-old-file-"));
const path = join(folder, "foyer.db");
const store = openSqlite(path, MACHINE);
const userAgent = "Mozilla/5.0 (X11; Linux x86_64; rv:147.0) Gecko/20100101 Firefox/147.0";
let now = NOON;
const audit = (actorId: string | null = null) => {
  now += 60_000;
  return { ...auditAt(now), actorId, network: "203.0.113.0/24", userAgent };
};

async function signIn(who: string, name: string): Promise<string> {
  const attempt: SignIn = {
    identity: {
      sub: `sub-${who}`,
      email: `${who}@gmail.com`,
      name,
      picture: null,
      hostedDomain: null,
    },
    method: "btn",
    tokenHash: `token-${who}`,
    accessHash: null,
    bindingSecret: null,
    authenticatedAt: null,
    amr: null,
    previousTokenHash: null,
    tokenIssuedAt: now,
    nonceHash: `nonce-${who}`,
    nonceKeptUntil: FAR,
    expiresAt: FAR,
    idleEndsAt: FAR,
    invitation: "not_needed",
  };
  const outcome = await store.signIn(attempt, audit());
  if (!outcome.signedIn) throw new Error(outcome.code);
  return outcome.user.id;
}

const act = (userId: string) => ({
  userId,
  policy: {
    configuredAdmins: new Set<string>(),
    admit: () => ({ mayEnter: true, isAdmin: false }),
  },
});

const ada = await signIn("ada", "Ada Lovelace");
const grace = await signIn("grace", "Grace Hopper");
const edsger = await signIn("edsger", "Edsger Dijkstra");
await store.signOut("token-edsger", audit(edsger));
await store.addAdmin(act(ada), audit());
await store.disable(act(grace), audit(ada));
await store.invite("margaret@gmail.com", audit(ada));
await store.deletePerson(act(await signIn("mallory", "Mallory")), audit(ada));
await signIn("katherine", "Katherine Johnson");
const hijacked = {
  sub: "sub-katherine",
  kind: "account_disabled (hijacking)",
  endsSessionsBefore: now + 1,
  disables: { reason: "hijacking" },
};
await store.applySecurityEvent({ jti: "jti-1", issuedAt: now, acts: [hijacked] }, audit());
await store.countRefusals({ counts: [["domain_not_allowed", 3]], now });
await store.recordBackup(now, audit());
store.close();

const target = join(import.meta.dir, "old_files", `${process.argv[2]}.db.gz`);
writeFileSync(target, Bun.gzipSync(readFileSync(path), { level: 9 }));
rmSync(folder, { recursive: true });
console.info(`Wrote ${target}.`);
