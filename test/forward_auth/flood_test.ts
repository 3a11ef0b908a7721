import { describe, expect, test } from "bun:test";

import type { Foyer } from "../fixture.ts";
import { createLimited, from, signInFrom } from "../routes/limits_scene.ts";
import type { Visitor } from "../visitor.ts";
import { ACCESS, GRAFANA, guestOf, NAVIGATION, SETTINGS, WIKI } from "./scene.ts";

const OFFICE = from("203.0.113.7");
const HOME = from("198.51.100.1");
const RETURN = new URLSearchParams({ return: `${WIKI}/a` });

type Row = [path: string, status: number, headers: Record<string, string>, most?: number];

/** A page of an application asks for many parts, and people who wait for a sign-in leave such pages open. */
const CHECKS = 6000;

async function ask(visitor: Visitor, [path, , headers]: Row, count: number) {
  const statuses: Record<number, number> = {};
  for (let index = 0; index < count; index += 1) {
    const { status } = await visitor.send(path, { headers });
    statuses[status] = (statuses[status] ?? 0) + 1;
  }
  return statuses;
}

describe("strangers who flood a protected application", () => {
  const site = { "x-foyer-origin": WIKI };
  const ROWS: Row[] = [
    ["/auth/verify", 401, site, CHECKS],
    ["/auth/verify", 302, { ...site, ...NAVIGATION }, CHECKS],
    ["/auth/verify", 403, NAVIGATION],
    [`/auth/enter?${RETURN}`, 303, {}],
    [`/spa/enter?${RETURN}`, 200, {}],
    [`/plain/enter?${RETURN}`, 200, {}],
    [`/auth/sign_out?${RETURN}`, 200, {}],
  ];
  for (const [path, status, headers, most = 1000] of ROWS) {
    test(`at ${path} are bounded by their address (${status})`, async () => {
      const foyer = await createLimited(SETTINGS);
      const stranger = foyer.visitor();
      // Of the right shape, so that it is looked up.
      stranger.cookies.set(ACCESS, "a".repeat(43));
      const office: Row = [path, status, { ...headers, ...OFFICE }];
      expect(await ask(stranger, office, most + 10)).toEqual({ [status]: most, 429: 10 });
      const refused = await stranger.send(path, { headers: office[2] });
      expect(refused.headers.has("x-auth-request-user")).toBe(false);
      expect(refused.headers.has("location")).toBe(false);
      expect(await ask(stranger, [path, status, { ...headers, ...HOME }], 1)).toEqual({
        [status]: 1,
      });
    });
  }

  async function signedInFrom(foyer: Foyer): Promise<Visitor> {
    const visitor = foyer.visitor();
    await signInFrom(visitor, OFFICE);
    return guestOf(visitor);
  }

  test("slow down nobody who is signed in at the same address", async () => {
    const foyer = await createLimited(SETTINGS);
    const guest = await signedInFrom(foyer);
    const row: Row = ["/auth/verify", 401, { ...site, ...OFFICE }];
    await ask(foyer.visitor(), row, CHECKS + 10);
    expect(await ask(guest, row, 100)).toEqual({ 200: 100 });
  });

  test("do not fill the log, nor does a person who is refused", async () => {
    const foyer = await createLimited({ ...SETTINGS, ADMIN_EMAILS: "" });
    const guest = await signedInFrom(foyer);
    const refused = { "x-foyer-origin": GRAFANA, ...OFFICE };
    const row: Row = ["/auth/verify", 403, refused];
    expect(await ask(guest, row, 1010)).toEqual({ 403: 1000, 429: 10 });
    const lines = foyer.logLines.length;
    await ask(foyer.visitor(), ["/auth/verify", 401, { ...site, ...HOME }], 1010);
    expect(foyer.logLines.length).toBe(lines);
    expect(foyer.logLines.join("\n").length).toBeLessThan(262_144);
    expect(await foyer.store.listEvents({ kind: "site_refusal", limit: 9 })).toHaveLength(1);
  });
});
