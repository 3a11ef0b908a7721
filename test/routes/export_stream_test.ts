import { describe, expect, test } from "bun:test";

import { peoplePolicy } from "../../src/auth/admission.ts";
import { PATHS } from "../../src/paths.ts";
import { ADA, auditAt, GRACE } from "../fixture.ts";
import { act, createAdminScene, person } from "./admin_scene.ts";

const HOUR_MS = 3_600_000;
const AUDIT_EXPORT = `${PATHS.auditExport}?format=jsonl`;

/** Grace is an administrator, too, and did much. */
async function createScene() {
  const scene = await createAdminScene();
  const { ada, store, clock, graceId } = scene;
  await act(ada, "PUT", person(graceId, "/administrator"));
  const grace = { ...auditAt(clock.now), actorId: graceId };
  for (let number = 0; number < 3000; number += 1) await store.invite(`${number}@x.example`, grace);
  const exported = async () => {
    const events = await store.listEvents({ kind: "exported", limit: 99 });
    return events.map(({ actorId, subjectId }) => [actorId, subjectId]);
  };
  return { ...scene, exported };
}

type Scene = Awaited<ReturnType<typeof createScene>>;

/** Reads a body to its end, or to where it breaks off. */
async function read(body: ReadableStream<Uint8Array> | null, atFirst: () => Promise<unknown>) {
  let text = "";
  const decoder = new TextDecoder();
  try {
    for await (const bytes of body ?? []) {
      if (text === "") await atFirst();
      text += decoder.decode(bytes, { stream: true });
    }
    return { text, failure: null };
  } catch (error) {
    return { text, failure: error as { code?: string } };
  }
}

const policyOf = ({ deps }: Scene) => peoplePolicy(deps.config);
const auditOf = ({ clock }: Scene) => auditAt(clock.now);

const ENDS: Record<string, [end: (scene: Scene) => Promise<unknown>, code: string]> = {
  "her session ends": [
    (scene) => scene.store.endSessionsOf({ userId: scene.graceId, exceptId: null }, auditOf(scene)),
    "not_signed_in",
  ],
  "she is disabled": [
    (scene) => {
      const onGrace = { userId: scene.graceId, policy: policyOf(scene) };
      return scene.store.disable(onGrace, auditOf(scene));
    },
    "user_disabled",
  ],
  "she deletes her account": [
    (scene) => {
      const onGrace = { userId: scene.graceId, policy: policyOf(scene) };
      return scene.store.deletePerson(onGrace, auditOf(scene));
    },
    "not_signed_in",
  ],
};

describe("a download", () => {
  test("lets requests have their turn before each part", async () => {
    const scene = await createScene();
    const response = await scene.grace.send(AUDIT_EXPORT);
    let [parts, turns] = [0, 0];
    const count = () => {
      turns += 1;
      if (parts >= 0) setImmediate(count);
    };
    setImmediate(count);
    for await (const _bytes of response.body ?? []) parts += 1;
    const passed = turns;
    parts = -1;
    expect(passed).toBeGreaterThan(3000 / 500);
  });

  for (const path of [PATHS.accountExport, AUDIT_EXPORT]) {
    for (const [what, [end, code]] of Object.entries(ENDS)) {
      test(`of ${path} breaks off when ${what}`, async () => {
        const scene = await createScene();
        const response = await scene.grace.send(path);
        expect(response.status).toBe(200);
        const { text, failure } = await read(response.body, () => end(scene));
        expect(failure?.code).toBe(code);
        expect(text).not.toContain("100@x.example");
        const [line = ""] = scene.logLines.filter((one) => one.includes("export_stopped"));
        expect(JSON.parse(line)).toMatchObject({ actor: scene.graceId, cause: code });
      });
    }
  }

  test("of the audit log breaks off when the reader is no administrator any more", async () => {
    const scene = await createScene();
    const onGrace = { userId: scene.graceId, policy: policyOf(scene) };
    const { body } = await scene.grace.send(AUDIT_EXPORT);
    const { failure } = await read(body, () => scene.store.removeAdmin(onGrace, auditOf(scene)));
    expect(failure?.code).toBe("not_administrator");
  });

  test("goes on when the token of its session is rotated", async () => {
    const scene = await createScene();
    const { body } = await scene.grace.send(PATHS.accountExport);
    const { text, failure } = await read(body, async () => {
      scene.clock.pass(300_000);
      await scene.grace.status();
      await scene.grace.fragment("/htmx/account");
    });
    expect(failure).toBeNull();
    expect(JSON.parse(text).events).toHaveLength(3003);
  });

  test("goes on when its sign-in is no longer recent, and no other begins", async () => {
    const scene = await createScene();
    const { body } = await scene.grace.send(AUDIT_EXPORT);
    const { text, failure } = await read(body, async () => {
      for (let times = 0; times < 2; times += 1) {
        scene.clock.pass(300_000);
        await scene.grace.fragment("/htmx/account");
      }
    });
    expect(failure).toBeNull();
    expect(text).toContain("100@x.example");
    expect((await scene.grace.send(AUDIT_EXPORT)).status).toBe(403);
  });

  test("is read from the database only as fast as the browser reads", async () => {
    const scene = await createScene();
    const { store } = scene.deps;
    let batches = 0;
    const counted = store.listEvents;
    store.listEvents = (filter) => {
      batches += 1;
      return counted(filter);
    };
    const { body } = await scene.grace.send(AUDIT_EXPORT);
    const reader = body?.getReader();
    for (let parts = 0; parts < 3; parts += 1) await reader?.read();
    expect(batches).toBe(2);
    await reader?.cancel();
    expect(batches).toBe(2);
  });

  test("is recorded once an hour for each person and kind", async () => {
    const scene = await createScene();
    const { ada, grace, adaId, graceId, clock, exported } = scene;
    clock.now = Math.ceil(clock.now / HOUR_MS) * HOUR_MS;
    await ada.signIn(ADA, { nonce: await ada.anonymousNonce() });
    await grace.signIn(GRACE, { nonce: await grace.anonymousNonce() });
    for (let times = 0; times < 3; times += 1) {
      for (const visitor of [ada, grace]) {
        for (const path of [PATHS.accountExport, AUDIT_EXPORT]) {
          expect((await visitor.send(path)).status).toBe(200);
          clock.pass(1000);
        }
      }
    }
    const once = [
      [graceId, null],
      [graceId, graceId],
      [adaId, null],
      [adaId, adaId],
    ];
    expect(await exported()).toEqual(once);
    clock.pass(HOUR_MS);
    await grace.signIn(GRACE);
    await grace.send(PATHS.accountExport);
    expect(await exported()).toEqual([[graceId, graceId], ...once]);
  });
});
