import { beforeAll, describe, expect, test } from "bun:test";

import { PATHS } from "../../src/paths.ts";
import { ADA, auditAt, createFoyer, EDSGER, type Foyer, GRACE } from "../fixture.ts";
import { describeSharedStore, type TestDatabase } from "./describe_store.ts";

// PostgreSQL refuses U+0000 and half a character, in text and in JSON, and 2,700 bytes in an index: nothing from outside
// may bring them there.

/** `count` characters that nothing compresses, each of four bytes. */
const longText = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    String.fromCodePoint(0x20000 + ((index * index * 7919) % 40_000)),
  ).join("");

/** Whether every text in a value is one that each database stores. JSON hides such characters behind escapes. */
function isStorable(value: unknown): boolean {
  if (typeof value === "string") {
    if (value.includes("\0") || !value.isWellFormed()) return false;
    return !/^[[{]/.test(value) || isStorable(JSON.parse(value));
  }
  if (typeof value !== "object" || value === null) return true;
  return Object.entries(value).flat().every(isStorable);
}

test("no header brings U+0000", () => {
  for (const text of ["a\0", "a\uD83D", "a😀"])
    expect(() => new Headers({ "user-agent": text })).toThrow(TypeError);
});

describeSharedStore("texts from outside", (createDatabase, engine) => {
  let database: TestDatabase;
  let foyer: Foyer;

  beforeAll(async () => {
    database = await createDatabase();
    const env = { ALLOWED_EMAILS: "@gmail.com", ADMIN_EMAILS: GRACE.email };
    foyer = await createFoyer(env, { store: await database.open() });
  });

  describe("what a token says is stored", () => {
    const ROWS: [what: string, changes: Partial<typeof ADA>, status: number, name: string][] = [
      ["with U+0000 in the name", { name: "Ada\0Lovelace" }, 200, "Ada\uFFFDLovelace"],
      ["with nothing else in the name", { name: "\0" }, 200, "\uFFFD"],
      ["with half a character in the name", { name: "Ada\uD83D" }, 200, "Ada\uFFFD"],
      ["with the other half first", { name: "\uDE00\uD83D" }, 200, "\uFFFD\uFFFD"],
      ["with a whole one", { name: "Ada😀" }, 200, "Ada😀"],
      ["with a long name", { name: longText(600) }, 200, longText(256)],
      ["with a name of 256 characters", { name: longText(256) }, 200, longText(256)],
      ["with U+0000 in the address", { email: "ada\0@gmail.com" }, 401, ""],
      ["with half a character in the address", { email: "ada\uD83D@gmail.com" }, 401, ""],
      ["with a long address", { email: `${longText(1000)}@gmail.com` }, 401, ""],
      ["with U+0000 in the domain", { hostedDomain: "orbit\0.example" }, 401, ""],
      ["with half a character in the domain", { hostedDomain: "orbit\uDE00.example" }, 401, ""],
      ["with U+0000 in the subject", { sub: "1\0" }, 401, ""],
      ["with half a character in the subject", { sub: "1\uD83D" }, 401, ""],
    ];
    for (const [index, [what, changes, status, name]] of ROWS.entries()) {
      test(`${what}: ${status}`, async () => {
        const email = `ada.${index}@gmail.com`;
        const person = { ...ADA, sub: `20000${index}`, email, ...changes };
        expect((await foyer.visitor().signIn(person)).status).toBe(status);
        const found = await foyer.store.findPeopleByEmail(email);
        expect(found.map((one) => one.name)).toEqual(status === 200 ? [name] : []);
      });
    }
  });

  test("the longest texts that are taken are stored", async () => {
    const email = `ada.${longText(115)}@example.com`;
    const person = { ...ADA, email, sub: "9".repeat(255), name: longText(256) };
    const refused = await foyer.visitor().signIn(person);
    expect([refused.status, await refused.json()]).toEqual([
      403,
      expect.objectContaining({ code: "email_not_allowed" }),
    ]);
  });

  test("nothing that is stored holds U+0000 or half a character", async () => {
    const stranger = { ...EDSGER, name: "E\0dsger \uD83D" };
    expect((await foyer.visitor().signIn(stranger)).status).toBe(403);
    const [refused] = await foyer.store.listEvents({ kind: "policy_refusal", limit: 1 });
    expect(refused?.details?.name).toBe("E\uFFFDdsger \uFFFD");

    const grace = foyer.visitor();
    await grace.signIn({ ...GRACE, name: "\uDE00" });
    const headers = {
      "x-signed-in-as": await grace.shownSession(),
      "user-agent": "\x01\xFFé".repeat(200),
    };
    const body = new URLSearchParams({ email: "new\0@example.com" });
    const invited = await grace.send(PATHS.invitations, { method: "POST", headers, body });
    expect(invited.status).toBeGreaterThanOrEqual(400);
    expect(await foyer.store.listInvitations(foyer.clock.now)).toEqual([]);
    await foyer.store.invite("new@example.com", auditAt(foyer.clock.now));

    for (const table of await database.sql.tables()) {
      const rows = await database.sql.read(`SELECT * FROM ${table}`);
      if (["users", "sessions", "audit_details"].includes(table)) expect(rows).not.toBeEmpty();
      expect(rows.filter((row) => !isStorable(row))).toEqual([]);
    }
  });

  test("refusals are counted in one order, whatever order they come in", async () => {
    const now = Date.UTC(2000, 0, 1);
    await foyer.store.countRefusals({
      counts: [
        ["c", 1],
        ["a", 2],
        ["b", 3],
      ],
      now,
    });
    // A file has one writer, and keeps them in the order of their key.
    const position = engine === "file" ? "code" : "ctid";
    const codes = await database.sql.read(
      `SELECT code FROM daily_counts WHERE day = '2000-01-01' ORDER BY ${position}`,
    );
    expect(codes.flat()).toEqual(["a", "b", "c"]);
  });
});
