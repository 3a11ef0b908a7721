import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";

import { SQL } from "bun";

import { peoplePolicy } from "../../../src/auth/admission.ts";
import type { StandInPerson } from "../../../src/google_stand_in/people.ts";
import { PATHS } from "../../../src/paths.ts";
import { auditAt } from "../../fixture.ts";
import { hasPostgres } from "../../programs.ts";
import { person as pathOf } from "../../routes/admin_scene.ts";
import { codeOf, type Visitor } from "../../visitor.ts";
import { sharedPostgres } from "../server.ts";
import { type Cluster, startCluster } from "./cluster.ts";
import { newPerson } from "./people.ts";

setDefaultTimeout(30_000);

/** Somebody with an account, and one of their browsers. */
interface Member {
  person: StandInPerson;
  id: string;
  browser: Visitor;
}

type Act = [method: string, rest: string];
const REMOVE: Act = ["DELETE", "/administrator"];
const DISABLE: Act = ["PUT", "/disabled"];
const DELETE: Act = ["DELETE", ""];

const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const statusesOf = (answers: Response[]) => answers.map(({ status }) => status);

describe.skipIf(!hasPostgres)("people of three processes, while sign-up is closed", () => {
  let cluster: Cluster;
  beforeAll(async () => {
    await sharedPostgres();
    cluster = await startCluster({ SIGN_UP: "closed" });
  }, 60_000);
  afterAll(() => cluster?.[Symbol.asyncDispose]());

  const audit = () => auditAt(cluster.clock.now);
  const invite = ({ email }: StandInPerson) => cluster.store.invite(email, audit());
  const actOn = ({ id }: Member) => ({ userId: id, policy: peoplePolicy(cluster.config) });

  /** Other tests have left theirs. */
  async function removeAdmins(): Promise<void> {
    await using sql = new SQL(cluster.address, { max: 1 });
    await sql`update users set admin_since = null`;
  }

  async function join(): Promise<Member> {
    const [person, browser] = [newPerson(), cluster.visitor()];
    await invite(person);
    expect((await browser.signIn(person)).status).toBe(200);
    const [found] = await cluster.store.findPeopleByEmail(person.email);
    return { person, browser, id: found?.id ?? "nobody" };
  }

  async function joinAsAdmin(): Promise<Member> {
    const member = await join();
    expect(await cluster.store.addAdmin(actOn(member), audit())).toBe("done");
    return member;
  }

  /** Prepares an act from a page that shows the member's own session: calling it sends it. */
  async function prepare(
    { browser }: Member,
    [method, path]: Act,
  ): Promise<() => Promise<Response>> {
    const headers = { "x-signed-in-as": await browser.shownSession() };
    return () => browser.send(path, { method, headers });
  }

  async function isAdmin({ id }: Member): Promise<boolean> {
    const found = await cluster.store.findPerson(id);
    return found !== null && found.adminSince !== null && found.disabledAt === null;
  }

  /** What nine requests are answered, three at each process. */
  const ask = ({ browser }: Pick<Member, "browser">) =>
    Promise.all(times(9, () => browser.fragment("/htmx/content.secret1"))).then(statusesOf);
  const nine = (status: number) => times(9, () => status);

  test("keep one of two administrators who act on each other at the same moment", async () => {
    const pairs: [Act, Act][] = [
      [REMOVE, REMOVE],
      [DISABLE, DISABLE],
      [DELETE, DELETE],
      [REMOVE, DISABLE],
      [DISABLE, DELETE],
    ];
    await removeAdmins();
    let [one, other] = [await joinAsAdmin(), await joinAsAdmin()];
    for (let round = 0; round < 25; round += 1) {
      const [first, second] = pairs[round % pairs.length] as [Act, Act];
      const onOther = await prepare(one, [first[0], pathOf(other.id, first[1])]);
      const onOne = await prepare(other, [second[0], pathOf(one.id, second[1])]);
      const answers = await Promise.all([onOther(), onOne()]);
      const left = [await isAdmin(one), await isAdmin(other)];
      expect(left.filter(Boolean), `${first} ${second}`).toHaveLength(1);
      expect(statusesOf(answers).filter((status) => status === 200)).toHaveLength(1);
      [one, other] = [left[0] ? one : other, await joinAsAdmin()];
    }
  });

  test("keep one of three administrators who give up the role at the same moment", async () => {
    for (let round = 0; round < 5; round += 1) {
      await removeAdmins();
      const admins = await Promise.all(times(3, joinAsAdmin));
      const acts = await Promise.all(
        admins.map((one) => prepare(one, [REMOVE[0], pathOf(one.id, REMOVE[1])])),
      );
      const answers = await Promise.all(acts.map((act) => act()));
      expect(statusesOf(answers).toSorted()).toEqual([200, 200, 409]);
      const left = await Promise.all(admins.map(isAdmin));
      expect(left.filter(Boolean)).toHaveLength(1);
    }
  });

  test("let in who is invited and signs in from two tabs at once, and nobody else", async () => {
    for (let round = 0; round < 25; round += 1) {
      const [person, browser] = [newPerson(), cluster.visitor()];
      const credentials = [await browser.credential(person), await browser.credential(person)];
      await invite(person);
      const answers = await Promise.all(
        credentials.map((credential) => browser.clone().post(PATHS.login, { credential })),
      );
      expect(statusesOf(answers)).toEqual([200, 200]);
      expect(await cluster.store.findPeopleByEmail(person.email)).toHaveLength(1);
      expect(await codeOf(await cluster.visitor().signIn(newPerson()))).toBe("sign_up_closed");
    }
  });

  test("are disabled with the next request, however many come at once, and for good", async () => {
    const admin = await joinAsAdmin();
    for (let round = 0; round < 5; round += 1) {
      const member = await join();
      const browsers = times(6, () => cluster.visitor());
      const credentials = await Promise.all(browsers.map((one) => one.credential(member.person)));
      const disable = await prepare(admin, [DISABLE[0], pathOf(member.id, DISABLE[1])]);
      const racing = browsers.map((one, index) =>
        one.post(PATHS.login, { credential: credentials[index] as string }),
      );
      const [done] = await Promise.all([
        disable().then(async ({ status }) => [status, await ask(member)]),
        ask(member),
      ]);
      expect(done).toEqual([200, nine(403)]);
      await Promise.all(racing);
      for (const browser of browsers) {
        const [status] = await ask({ browser });
        expect([401, 403]).toContain(status as number);
      }
      await cluster.store.enable(actOn(member), audit());
      expect(await ask(member)).toEqual(nine(401));
      for (const browser of browsers) expect(await browser.status()).toBe(401);
    }
  });

  test("are signed out everywhere with the next request", async () => {
    for (let round = 0; round < 5; round += 1) {
      const { person, browser: laptop } = await join();
      const [phone, tablet] = [cluster.visitor(), cluster.visitor()];
      await Promise.all([phone.signIn(person), tablet.signIn(person)]);
      const copy = phone.clone();
      await phone.post(PATHS.logout);
      expect(await ask({ browser: copy })).toEqual(nine(401));
      expect(await ask({ browser: tablet })).toEqual(nine(200));
      const all = await prepare({ browser: laptop } as Member, ["DELETE", PATHS.accountSessions]);
      expect((await all()).status).toBe(200);
      expect(await ask({ browser: tablet })).toEqual(nine(401));
      expect(await ask({ browser: laptop })).toEqual(nine(401));
    }
  });

  test("are deleted once, with the next request", async () => {
    for (let round = 0; round < 5; round += 1) {
      const member = await join();
      const copy = member.browser.clone();
      const remove = await prepare(member, ["DELETE", PATHS.account]);
      const answers = statusesOf(await Promise.all(times(6, remove)));
      expect(answers.filter((status) => status === 200)).toHaveLength(1);
      expect(answers.filter((status) => status !== 200 && status !== 401)).toEqual([]);
      expect(await ask({ browser: copy })).toEqual(nine(401));
      const events = await cluster.store.listEvents({ personId: member.id, limit: 100 });
      expect(events.filter(({ kind }) => kind === "deleted")).toHaveLength(1);
    }
  });
});
