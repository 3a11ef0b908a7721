import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";

import { BOUND_AGE_MS, ROTATION_GRACE_MS } from "../../../src/auth/session_policy.ts";
import { createDeviceKey, DbscBrowser } from "../../dbsc_browser.ts";
import { hasPostgres } from "../../programs.ts";
import { from } from "../../routes/limits_scene.ts";
import type { AskedServer, Visitor } from "../../visitor.ts";
import { sharedPostgres } from "../server.ts";
import { type Cluster, PROCESSES, startCluster } from "./cluster.ts";
import { newPerson } from "./people.ts";

setDefaultTimeout(30_000);

const SESSION = "__Host-Http-session_id";
const BOUND = "__Host-session_bound";
/** Half of `SESSION_MAX_AGE`, whose default is ten minutes. */
const RENEWAL_MS = 300_000;
const PAST_GRACE_MS = ROTATION_GRACE_MS + 1000;
const LOST = { isAnswerLost: true };

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const statusesOf = (answers: Response[]) => answers.map(({ status }) => status).toSorted();

describe.skipIf(!hasPostgres)("sessions of three processes", () => {
  let cluster: Cluster;
  beforeAll(async () => {
    await sharedPostgres();
    cluster = await startCluster();
  }, 60_000);
  afterAll(() => cluster?.[Symbol.asyncDispose]());

  const serverAt = (index: number) => cluster.servers[index % PROCESSES] as AskedServer;
  const look = (visitor: Visitor, visit = {}) => visitor.fragment("/htmx/content.secret1", visit);

  async function signedIn(person = newPerson()): Promise<Visitor> {
    const browser = cluster.visitor();
    expect((await browser.signIn(person)).status).toBe(200);
    return browser;
  }

  /** The same browser with another value of the session's cookie. */
  function withToken(browser: Visitor, token: string): Visitor {
    const other = browser.clone();
    other.cookies.set(SESSION, token);
    return other;
  }

  /** The value that `answer` sets, or `null`. */
  function offerIn(answer: Response): string | null {
    const lines = answer.headers.getSetCookie().join("\n");
    return new RegExp(`^${SESSION}=([^;]+)`, "m").exec(lines)?.[1] ?? null;
  }

  /** The kinds of the events about a person, and how often each. */
  async function countEvents(email: string): Promise<Record<string, number>> {
    const [found] = await cluster.store.findPeopleByEmail(email);
    const events = await cluster.store.listEvents({ personId: found?.id ?? "nobody", limit: 1000 });
    const kinds = Map.groupBy(events, ({ kind }) => kind);
    return Object.fromEntries([...kinds].map(([kind, all]) => [kind, all.length]));
  }

  test("use a nonce once: of nine sign-ins at once, one succeeds", async () => {
    for (let round = 0; round < 20; round += 1) {
      const [browser, person] = [cluster.visitor(), newPerson()];
      const credential = await browser.credential(person);
      const answers = await Promise.all(
        times(9, () => browser.clone().post("/auth/login", { credential })),
      );
      expect(statusesOf(answers)).toEqual([200, ...times(8, () => 401)]);
      expect(await countEvents(person.email)).toEqual({ signed_in: 1 });
    }
  });

  test("are offered one next token, however many requests come at once", async () => {
    for (let round = 0; round < 10; round += 1) {
      const browser = await signedIn();
      cluster.clock.pass(RENEWAL_MS);
      const answers = await Promise.all(times(9, () => look(browser, LOST)));
      expect(statusesOf(answers)).toEqual(times(9, () => 200));
      expect(answers.filter((answer) => offerIn(answer) !== null)).toHaveLength(1);
    }
  });

  test("keep one of three siblings that were offered by three processes and presented at once", async () => {
    for (let round = 0; round < 5; round += 1) {
      const person = newPerson();
      const browser = await signedIn(person);
      cluster.clock.pass(RENEWAL_MS);
      const offers: string[] = [];
      for (let index = 0; index < PROCESSES; index += 1) {
        const answer = await look(browser.at(serverAt(index)), LOST);
        offers.push(offerIn(answer) as string);
        cluster.clock.pass(ROTATION_GRACE_MS);
      }
      const holders = offers.map((offer) => withToken(browser, offer));
      const first = await Promise.all(
        holders.flatMap((one, index) => times(3, (turn) => look(one.at(serverAt(index + turn))))),
      );
      expect(statusesOf(first)).toEqual(times(9, () => 200));
      // Who has a sibling in the pocket is found out, whoever of the three it is.
      cluster.clock.pass(PAST_GRACE_MS);
      const later = await Promise.all(holders.map((one) => look(one)));
      expect(statusesOf(later).filter((status) => status === 401).length).toBeGreaterThan(1);
      expect(statusesOf(await Promise.all(holders.map((one) => look(one))))).toEqual([
        401, 401, 401,
      ]);
      expect(await countEvents(person.email)).toEqual({
        signed_in: 1,
        session_ended_by_suspicion: 1,
      });
    }
  });

  test("end when a replaced token is used at another process after its grace", async () => {
    for (let round = 0; round < 5; round += 1) {
      const person = newPerson();
      const owner = await signedIn(person);
      const thief = owner.clone();
      cluster.clock.pass(RENEWAL_MS);
      await look(owner.at(serverAt(round)));
      expect(owner.cookies.get(SESSION)).not.toBe(thief.cookies.get(SESSION));
      expect((await look(owner.at(serverAt(round + 1)))).status).toBe(200);
      cluster.clock.pass(ROTATION_GRACE_MS - 1000);
      expect((await look(thief.at(serverAt(round + 2)))).status).toBe(200);
      cluster.clock.pass(2000);
      const found = await Promise.all(times(6, (index) => look(thief.at(serverAt(index)), LOST)));
      expect(statusesOf(found)).toEqual(times(6, () => 401));
      const left = await Promise.all(times(3, (index) => look(owner.at(serverAt(index)), LOST)));
      expect(statusesOf(left)).toEqual([401, 401, 401]);
      expect((await countEvents(person.email)).session_ended_by_suspicion).toBe(1);
    }
  });

  test("are bound to one of nine keys that are brought at once, and nobody uses them without it", async () => {
    for (let round = 0; round < 3; round += 1) {
      const person = newPerson();
      const owner = new DbscBrowser(cluster.visitor(), await createDeviceKey());
      await owner.signIn(person);
      const keys = await Promise.all(times(9, () => createDeviceKey()));
      const proofs = await Promise.all(
        keys.map(({ privateKey: key, jwk }) => owner.prove({ key, header: { jwk } })),
      );
      const answers = await Promise.all(proofs.map((proof) => owner.register(proof, LOST)));
      expect(statusesOf(answers)).toEqual([200, ...times(8, () => 400)]);
      const winner = answers.findIndex(({ status }) => status === 200);
      const device = new DbscBrowser(owner.visitor, keys[winner] as (typeof keys)[0]);
      device.challenge = owner.challenge;
      expect((await device.register()).status).toBe(200);

      // Each of the processes renews what another has given.
      const proof = await device.prove();
      const renewals = await Promise.all(times(6, () => device.refreshOnce(proof)));
      expect(statusesOf(renewals)).toEqual(times(6, () => 200));
      expect((await look(device.visitor)).status).toBe(200);

      cluster.clock.pass(PAST_GRACE_MS);
      const thief = device.visitor.clone();
      thief.cookies.delete(BOUND);
      const stolen = await Promise.all(times(6, (index) => look(thief.at(serverAt(index)))));
      expect(statusesOf(stolen)).toEqual(times(6, () => 401));
      // Two steps, as nobody else may idle so long. What one process sees, the others see up to five seconds later.
      cluster.clock.pass(BOUND_AGE_MS / 2);
      const looks = times(PROCESSES, (index) => look(device.visitor.at(serverAt(index))));
      expect(statusesOf(await Promise.all(looks))).toEqual(times(PROCESSES, () => 200));
      cluster.clock.pass(BOUND_AGE_MS / 2);
      expect((await device.refresh()).status).toBe(200);
      expect((await look(device.visitor)).status).toBe(200);
      expect(await countEvents(person.email)).toEqual({
        signed_in: 1,
        session_bound: 1,
        binding_missing: 1,
      });
    }
  });

  test("have a limit of refused sign-ins at each process, as wide as the processes are many", async () => {
    const headers = from("198.51.100.7");
    const body = () => new URLSearchParams({ credential: "e30.e30.e30" });
    const refuse = async (server: AskedServer) =>
      (
        await cluster
          .visitor()
          .at(server)
          .send("/auth/login", { method: "POST", headers, body: body() })
      ).status;
    for (const server of cluster.servers) {
      const statuses = await Promise.all(times(70, () => refuse(server)));
      // One more comes back each second, and the machine may be busy for some.
      const refused = statuses.filter((status) => status === 401).length;
      expect(refused).toBeGreaterThanOrEqual(60);
      expect(refused).toBeLessThan(70);
      expect(statuses.filter((status) => status === 429)).toHaveLength(70 - refused);
    }
  });
});
