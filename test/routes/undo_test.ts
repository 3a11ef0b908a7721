import { describe, expect, test } from "bun:test";

import type { AuditKind } from "../../db/contract/audit.ts";
import { PATHS } from "../../src/paths.ts";
import type { Undo } from "../../views/act_button.tsx";
import { KATHERINE } from "../fixture.ts";
import { codeOf } from "../visitor.ts";
import { act, createAdminScene, person } from "./admin_scene.ts";

const { email } = KATHERINE;
const INVITATION = `${PATHS.invitations}?${new URLSearchParams({ email })}`;

const undoOf = ({ headers }: Response): Undo | undefined =>
  JSON.parse(headers.get("hx-trigger") ?? "{}").PageMessage?.undo;

/** Ada, who administers, and Katherine, who has two devices. */
async function createScene(name = KATHERINE.name) {
  const scene = await createAdminScene();
  for (const visitor of [scene.visitor(), scene.visitor()]) {
    await visitor.signIn({ ...KATHERINE, name });
  }
  return { ...scene, id: await scene.idOf(email) };
}

const send = (ada: Parameters<typeof act>[0], { method, path, values }: Undo) =>
  act(ada, method.toUpperCase(), path, values);

describe("undo", () => {
  type Send = [method: string, path: (id: string) => string, fields?: Record<string, string>];
  const role = (id: string) => person(id, "/administrator");
  const disabled = (id: string) => person(id, "/disabled");
  const invite: Send = ["POST", () => PATHS.invitations, { email }];
  const revoke: Send = ["DELETE", () => INVITATION];
  const ROWS: [before: Send[], act: Send, undone: AuditKind | null][] = [
    [[], ["PUT", role], "administrator_unmade"],
    [[["PUT", role]], ["DELETE", role], "administrator_made"],
    [[], ["PUT", disabled], "enabled"],
    [[], invite, "invitation_withdrawn"],
    [[invite], revoke, "invited"],
    // What has changed nothing, what cannot be undone, and what needs no undo.
    [[], ["DELETE", role], null],
    [[["PUT", disabled]], ["PUT", disabled], null],
    [[["PUT", disabled]], ["DELETE", disabled], null],
    [[], ["DELETE", (id) => person(id, "/sessions")], null],
    [[], ["DELETE", (id) => person(id)], null],
    [[invite], invite, null],
  ];
  for (const [before, [method, path, fields], undone] of ROWS) {
    const name = `${method} ${path("ID")} after ${before.length} acts`;
    test(`${undone ? `brings "${undone}"` : "is not offered"} for ${name}`, async () => {
      const { ada, adaId, id, store } = await createScene();
      for (const [way, to, form] of before) await act(ada, way, to(id), form);
      const undo = undoOf(await act(ada, method, path(id), fields));
      expect(undo !== undefined).toBe(undone !== null);
      if (!undo) return;
      expect((await send(ada, undo)).status).toBe(200);
      const [event] = await store.listEvents({ limit: 1 });
      expect([event?.kind, event?.actorId]).toEqual([undone ?? "deleted", adaId]);
    });
  }

  test("can itself be undone, and is refused as any act when it comes too late", async () => {
    const { ada, id, store } = await createScene();
    const undo = undoOf(await act(ada, "PUT", role(id)));
    const redo = undo && undoOf(await send(ada, undo));
    expect(redo).toEqual({ method: "put", path: role(id) });
    const added = undoOf(await act(ada, ...(["POST", PATHS.invitations, { email }] as const)));
    await act(ada, "DELETE", INVITATION);
    expect(await codeOf(await send(ada, added as Undo))).toBe("not_found");
    await act(ada, "DELETE", person(id));
    expect(await codeOf(await send(ada, undo as Undo))).toBe("not_found");
    expect(await store.findPerson(id)).toBeNull();
  });

  test("is for those who may act, from a page of their own session", async () => {
    const { ada, grace, id } = await createScene();
    const undo = undoOf(await act(ada, "PUT", disabled(id))) as Undo;
    expect(await codeOf(await send(grace, undo))).toBe("not_administrator");
    const unnamed = await ada.send(undo.path, { method: "DELETE" });
    expect(await codeOf(unnamed)).toBe("signed_in_as_another");
    const headers = { "x-signed-in-as": await ada.shownSession(), "sec-fetch-site": "cross-site" };
    const foreign = await ada.send(undo.path, { method: "DELETE", headers });
    expect(await codeOf(foreign)).toBe("cross_origin");
  });

  const HOSTILE = [
    '","undo":{"method":"delete","path":"https://evil.example/"},"x":"',
    "\r\nHX-Trigger: {}",
    "/../../account",
    "\\u0022}}",
    "x\u2028\u{1f600}\ud83d",
  ];
  for (const name of HOSTILE) {
    test(`leads nowhere else for the name ${JSON.stringify(name)}`, async () => {
      const { ada, id, store } = await createScene(name);
      const undo = undoOf(await act(ada, "PUT", role(id)));
      expect(undo).toEqual({ method: "delete", path: role(id) });
      expect((await send(ada, undo as Undo)).status).toBe(200);
      expect((await store.findPerson(id))?.adminSince).toBeNull();
    });
  }
});
