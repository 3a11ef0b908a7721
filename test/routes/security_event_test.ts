import { describe, expect, test } from "bun:test";

import type { EventName } from "../../src/google_stand_in/security_event_tokens.ts";
import { PATHS } from "../../src/paths.ts";
import { ADA, createFoyer, GRACE, setDisabled } from "../fixture.ts";
import { codeOf } from "../visitor.ts";

type Order = Parameters<Awaited<ReturnType<typeof createFoyer>>["google"]["issueSecurityEvent"]>[0];

/** Ada and Grace, both signed in, and Google's security events about them. */
async function createScene() {
  const foyer = await createFoyer();
  const [ada, grace] = [foyer.visitor(), foyer.visitor()];
  await ada.signIn(ADA);
  await grace.signIn(GRACE);
  foyer.clock.pass(5000);

  const issue = (kind: EventName | EventName[], order: Partial<Order> = {}) =>
    foyer.google.issueSecurityEvent({
      kind,
      person: ADA,
      clientId: foyer.deps.config.googleClientId,
      now: foyer.clock.now,
      ...order,
    });
  const deliver = (token: string) =>
    foyer.app.handle(
      new Request(`http://localhost${PATHS.risc}`, {
        method: "POST",
        headers: { "content-type": "application/secevent+jwt" },
        body: token,
      }),
    );
  const tell = async (kind: EventName | EventName[], order: Partial<Order> = {}) => {
    const response = await deliver(await issue(kind, order));
    expect(response.status).toBe(202);
  };
  const events = () => foyer.store.listEvents({ kind: "security_event", limit: 100 });
  return { ...foyer, ada, grace, issue, deliver, tell, events };
}

describe("Google's security events", () => {
  const ENDING: EventName[] = ["sessions-revoked", "tokens-revoked", "account-disabled"];
  for (const kind of ENDING) {
    test(`${kind} ends the sessions of its user, and no others`, async () => {
      const { ada, grace, tell, events } = await createScene();
      await tell(kind);
      expect(await ada.status()).toBe(401);
      expect(await grace.status()).toBe(200);
      const [event] = await events();
      expect(event?.details).toMatchObject({ email: ADA.email, count: 1 });
      expect(event?.details?.method).toBe(kind.replace("-", "_"));
    });
  }

  const HARMLESS: EventName[] = [
    "token-revoked",
    "account-credential-change-required",
    "verification",
  ];
  for (const kind of HARMLESS) {
    test(`${kind} is recorded, and ends nothing`, async () => {
      const { ada, tell, events } = await createScene();
      await tell(kind, { state: "the state" });
      expect(await ada.status()).toBe(200);
      expect(await events()).toHaveLength(1);
    });
  }

  test("end only sessions that began before them", async () => {
    const { ada, tell, issue, deliver, clock } = await createScene();
    const token = await issue("sessions-revoked");
    clock.pass(10_000);
    await ada.signIn(ADA, { nonce: await ada.anonymousNonce() });
    expect((await deliver(token)).status).toBe(202);
    expect(await ada.status()).toBe(200);
    await tell("sessions-revoked");
    expect(await ada.status()).toBe(401);
  });

  test("apply once, even if delivered several times", async () => {
    const { ada, issue, deliver, events } = await createScene();
    const token = await issue("sessions-revoked");
    const answers = await Promise.all(Array.from({ length: 5 }, () => deliver(token)));
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202, 202]);
    expect(await ada.status()).toBe(401);
    expect(await events()).toHaveLength(1);
  });

  test("reach the open pages", async () => {
    const { ada, tell } = await createScene();
    const stream = (await ada.send(PATHS.events)).body?.getReader();
    await stream?.read();
    await tell("sessions-revoked");
    expect(String((await stream?.read())?.value)).toContain("LoginStatusChange");
  });

  test("disable an account until Google enables it: 401, with the reason in the audit log", async () => {
    const { ada, visitor, tell, events, clock, store } = await createScene();
    await tell("account-disabled", { reason: "hijacking" });
    expect(await ada.status()).toBe(401);
    const refused = await visitor().signIn(ADA);
    expect(refused.status).toBe(403);
    expect(((await refused.json()) as { detail: string }).detail).toContain(
      `Google has disabled ${ADA.email}.`,
    );
    expect((await events())[0]?.details?.method).toBe("account_disabled (hijacking)");
    const [person] = await store.findPeopleByEmail(ADA.email);
    expect(person).toMatchObject({ disabledAt: null, googleDisabledReason: "hijacking" });
    clock.pass(1000);
    await tell("account-enabled");
    expect((await visitor().signIn(ADA)).status).toBe(200);
    // Ended sessions stay ended.
    expect(await ada.status()).toBe(401);
  });

  test("do not change what an administrator disabled, and the other way round", async () => {
    const scene = await createScene();
    const { visitor, tell, clock, store } = scene;
    const [person] = await store.findPeopleByEmail(ADA.email);
    const userId = person?.id ?? "";
    await setDisabled(scene, { userId, isDisabled: true });
    await tell("account-enabled");
    expect(await codeOf(await visitor().signIn(ADA))).toBe("user_disabled");
    clock.pass(1000);
    await tell("account-disabled");
    await setDisabled(scene, { userId, isDisabled: false });
    expect((await visitor().signIn(ADA)).status).toBe(403);
    clock.pass(1000);
    await tell("account-enabled");
    expect((await visitor().signIn(ADA)).status).toBe(200);
  });

  test("that arrive out of order do not restore an older state", async () => {
    const { visitor, issue, deliver, tell, clock } = await createScene();
    const disabled = await issue("account-disabled");
    clock.pass(10_000);
    await tell("account-enabled");
    expect((await deliver(disabled)).status).toBe(202);
    expect((await visitor().signIn(ADA)).status).toBe(200);
  });

  test("about an unknown user are recorded without a name", async () => {
    const { tell, events, grace } = await createScene();
    await tell("sessions-revoked", { person: { sub: "stranger", email: "x@y.example" } });
    expect((await events())[0]).toMatchObject({ subjectId: null });
    expect(JSON.stringify(await events())).not.toContain("x@y.example");
    expect(await grace.status()).toBe(200);
  });

  test("can contain several events", async () => {
    const { ada, tell, events } = await createScene();
    await tell(["sessions-revoked", "account-credential-change-required"]);
    expect(await ada.status()).toBe(401);
    expect(await events()).toHaveLength(2);
  });

  test("of any fault change nothing", async () => {
    const { ada, google, deliver, issue, events } = await createScene();
    const idToken = await google.issueToken({ person: ADA, clientId: "x" });
    for (const token of [idToken, "", "a.b.c", `${await issue("sessions-revoked")}x`]) {
      expect((await deliver(token)).status).toBe(400);
    }
    expect(await ada.status()).toBe(200);
    expect(await events()).toHaveLength(0);
  });
});
