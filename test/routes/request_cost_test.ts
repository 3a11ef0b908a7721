import { expect, test } from "bun:test";

import type { Foyer } from "../fixture.ts";
import { HOSTILE_BODIES, HOSTILE_HEADS, type Shape } from "./hostile_requests.ts";
import { createLimited } from "./limits_scene.ts";

/** How much more CPU a hostile request may take than an ordinary one of the same route, in microseconds. */
const MOST_MORE = 1000;
/** What a first measurement must exceed to be repeated: it includes compiling and collecting garbage. */
const SUSPICIOUS = MOST_MORE / 2;
const ROUNDS = 9;
const TURNS = 3;

/** A protected application of the same host. */
const SITE = "http://localhost:8080";

const ORDINARY: Shape = { what: "an ordinary request" };

/** One route, with something for each parameter. */
interface Route {
  method: string;
  path: string;
}

function requestFor({ method, path }: Route, shape: Shape): Request {
  const hasBody = method === "POST" || method === "PUT";
  const headers = {
    "hx-request": "true",
    "sec-fetch-site": "same-origin",
    "x-foyer-origin": SITE,
    "accept-encoding": "gzip, br",
    ...(hasBody ? { "content-type": "application/x-www-form-urlencoded" } : {}),
    ...shape.headers,
  };
  const query = shape.query ? `?${shape.query}` : "";
  const url = `http://localhost${path.replaceAll(/:\w+/g, "content.list")}${shape.path ?? ""}${query}`;
  const body = hasBody ? { body: shape.body ?? "credential=a" } : {};
  return new Request(url, { method, headers, ...body });
}

/** The CPU time of one request, on all threads, in microseconds. */
async function costOf({ app, logLines }: Foyer, request: Request): Promise<number> {
  const before = process.cpuUsage();
  await app.handle(request);
  const { user, system } = process.cpuUsage(before);
  logLines.length = 0;
  return user + system;
}

/** How much more a hostile request takes: the median of interleaved pairs. */
async function moreThanOrdinary(
  foyer: Foyer,
  route: Route,
  { shape, rounds }: { shape: Shape; rounds: number },
): Promise<number> {
  const differences: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const [ordinary, hostile] = [requestFor(route, ORDINARY), requestFor(route, shape)];
    const usual = await costOf(foyer, ordinary);
    differences.push((await costOf(foyer, hostile)) - usual);
  }
  return differences.toSorted((one, other) => one - other)[rounds >> 1] as number;
}

/** What a shape costs each time; what else the machine does costs more now and then. */
async function leastMore(foyer: Foyer, route: Route, shape: Shape): Promise<number> {
  let least = Infinity;
  for (let turn = 0; turn < TURNS && least > MOST_MORE; turn += 1) {
    least = Math.min(least, await moreThanOrdinary(foyer, route, { shape, rounds: ROUNDS }));
  }
  return least;
}

test("no anonymous request costs 1 ms of CPU more than an ordinary one of its route", async () => {
  // On a loopback origin, so that no limit answers; the client is found as everywhere.
  const foyer = await createLimited({
    ORIGIN: "",
    SIGN_IN_LIMIT: "0",
    FORWARD_AUTH_ORIGINS: `${SITE} members`,
  });
  const routes = foyer.app.routes.map(({ method, path }) => ({ method, path }));
  const [dear, measured]: [string[], Route[]] = [[], [...routes, { method: "GET", path: "/no" }]];
  let count = 0;
  for (const route of measured) {
    const shapes = [...HOSTILE_HEADS, ...(route.method === "POST" ? HOSTILE_BODIES : [])];
    for (const shape of shapes) {
      count += 1;
      const first = await moreThanOrdinary(foyer, route, { shape, rounds: 1 });
      if (first < SUSPICIOUS) continue;
      const more = await leastMore(foyer, route, shape);
      if (more > MOST_MORE) dear.push(`${route.method} ${route.path}, ${shape.what}: ${more} µs`);
    }
  }
  expect(dear).toEqual([]);
  expect(count).toBeGreaterThan(3000);
}, 60_000);
