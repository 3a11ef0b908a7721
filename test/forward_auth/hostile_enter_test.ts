import { describe, expect, test } from "bun:test";

import { parseResponse } from "../dom.ts";
import { ADA, GRACE } from "../fixture.ts";
import { codeOf } from "../visitor.ts";
import {
  ACCESS,
  createForwardAuth,
  FOYER,
  GRAFANA,
  guestOf,
  NAVIGATION,
  signedIn,
  verify,
  WIKI,
} from "./scene.ts";

const ENTER_WIKI = `/auth/enter?${new URLSearchParams({ return: `${WIKI}/` })}`;

describe("GET /auth/enter without the cookie", () => {
  const shared = createForwardAuth();
  const TRIES = [
    "-5",
    "-1",
    "1e3",
    "4",
    "99999999999",
    "Infinity",
    "NaN",
    "0x1",
    " 1",
    "",
    "1&tries=1",
  ];
  for (const tries of TRIES) {
    test(`refuses to count ${JSON.stringify(tries)} tries, and writes nothing`, async () => {
      const visitor = await signedIn(await shared, ADA);
      const guest = guestOf(visitor);
      visitor.cookies.delete(ACCESS);
      const response = await visitor.send(`${ENTER_WIKI}&tries=${tries}`);
      expect([response.status, await codeOf(response)]).toEqual([400, "bad_parameter"]);
      expect(response.headers.getSetCookie()).toEqual([]);
      expect((await verify(guest)).status).toBe(200);
    });
  }

  test("leads nobody in a circle whose browser keeps no cookie", async () => {
    const visitor = await signedIn(await shared, ADA);
    let path = ENTER_WIKI;
    let status = 303;
    let requests = 0;
    for (; status === 303; requests += 1) {
      visitor.cookies.delete(ACCESS);
      const response = await visitor.send(path);
      status = response.status;
      path = response.headers.get("location") ?? "";
    }
    expect([requests, status]).toEqual([2, 400]);
  });

  test("leads nobody in a circle whose cookie another application overwrites", async () => {
    const visitor = await signedIn(await shared, ADA);
    let path = ENTER_WIKI;
    let status = 303;
    let requests = 0;
    for (; status === 303; requests += 1) {
      visitor.cookies.set(ACCESS, "E".repeat(43));
      const response = await visitor.send(path);
      status = response.status;
      path = response.headers.get("location") ?? "";
    }
    expect([requests, status]).toEqual([4, 400]);
  });

  test("writes 60 times a minute at most for one person, in whatever sessions", async () => {
    const foyer = await createForwardAuth();
    const visitors = [await signedIn(foyer, ADA), await signedIn(foyer, ADA)];
    const statuses: Record<number, number> = {};
    for (let index = 0; index < 70; index += 1) {
      const visitor = visitors[index % 2]?.clone();
      visitor?.cookies.delete(ACCESS);
      const { status = 0 } = (await visitor?.send(ENTER_WIKI)) ?? {};
      statuses[status] = (statuses[status] ?? 0) + 1;
    }
    expect(statuses).toEqual({ 303: 60, 429: 10 });
    foyer.clock.pass(1000);
    visitors[0]?.cookies.delete(ACCESS);
    expect((await visitors[0]?.send(ENTER_WIKI))?.status).toBe(303);
  });
});

test("a person who is refused comes back with another account to the page asked for", async () => {
  const grace = await signedIn(await createForwardAuth(), GRACE);
  const address = `${GRAFANA}/d/1?from=now-1h`;
  const headers = { ...NAVIGATION, "x-forwarded-uri": "/elsewhere", referer: `${GRAFANA}/no` };
  const path = `/auth/enter?${new URLSearchParams({ return: address })}`;
  const response = await grace.send(path, { headers });
  expect(response.status).toBe(403);
  const links = (await parseResponse(response)).querySelectorAll('a[href^="/auth/google?"]');
  const returns = [...links].map((link) =>
    new URL(link.getAttribute("href") ?? "", FOYER).searchParams.get("return"),
  );
  expect(returns).toEqual([`/spa/enter?${new URLSearchParams({ return: address })}`]);
});
