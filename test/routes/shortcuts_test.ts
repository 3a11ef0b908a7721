import { describe, expect, test } from "bun:test";

import { DatabaseError } from "../../db/contract/store.ts";
import { createAssets } from "../../src/assets.ts";
import { buildAssets } from "../../src/build_assets.ts";
import { readConfig } from "../../src/config.ts";
import { pagePath, PATHS } from "../../src/paths.ts";
import { ADA, createFoyer, GRACE, KATHERINE, setDisabled } from "../fixture.ts";
import type { Visitor } from "../visitor.ts";

// Shortcuts answer `GET`. Routes answer `HEAD`, and must say the same.

const { brand } = readConfig({ GOOGLE_OAUTH2_CLIENT_ID: "client" });
const assets = createAssets(buildAssets(), brand);
const foyer = await createFoyer({ ADMIN_EMAILS: ADA.email }, { assets });
const { visitor } = foyer;

const stranger = visitor();
const admin = visitor();
const member = visitor();
const disabled = visitor();
await admin.signIn(ADA);
await member.signIn(GRACE);
await disabled.signIn(KATHERINE);
const [{ id: userId } = { id: "" }] = await foyer.store.findPeopleByEmail(KATHERINE.email);
await setDisabled(foyer, { userId, isDisabled: true });

const WHO: [string, Visitor][] = [
  ["a stranger", stranger],
  ["an admin", admin],
  ["a member", member],
  ["a disabled member", disabled],
];
const ENCODINGS = ["", "gzip", "gzip, deflate, br, zstd"];

/** Everything but what each answer has for itself. */
function headersOf({ headers }: Response): Record<string, string> {
  const { "x-request-id": id, ...rest } = headers.toJSON();
  expect(id).toBeString();
  for (const own of ["set-cookie", "content-length"]) delete rest[own];
  return rest;
}

async function expectSame(who: Visitor, path: string, headers: Record<string, string>) {
  const short = await who.send(path, { headers });
  const long = await who.send(path, { headers, method: "HEAD" });
  expect([short.status, headersOf(short)]).toEqual([long.status, headersOf(long)]);
}

describe("a shortcut says what its route says", () => {
  for (const [name, who] of WHO) {
    for (const encoding of ENCODINGS) {
      for (const language of ["en", "de"]) {
        const headers = { "accept-encoding": encoding, "accept-language": language };
        test(`to ${name} who takes ${encoding || "no encoding"} in ${language}`, async () => {
          for (const page of ["content.top", "content.list", "account", "overview", "nothing"]) {
            await expectSame(who, pagePath(page), headers);
          }
          await expectSame(who, PATHS.navbar, { ...headers, "hx-request": "true" });
          await expectSame(who, PATHS.navbar, headers);
        });
      }
    }
  }

  for (const path of assets.files.keys()) {
    test(`about ${path}`, async () => {
      for (const encoding of ENCODINGS) {
        await expectSame(stranger, path, { "accept-encoding": encoding });
      }
    });
  }

  test("when the database fails", async () => {
    const store = {
      ...foyer.store,
      findSession: () => Promise.reject(new DatabaseError("SQLite failed: SQLITE_IOERR")),
    };
    const broken = (await createFoyer({}, { assets, store })).visitor();
    broken.cookies.set("session_id", "a".repeat(43));
    const response = await broken.fragment(PATHS.navbar);
    expect(response.status).toBe(503);
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(await response.text()).toContain('id="auth_navbar"');
  });
});
