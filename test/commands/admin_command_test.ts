import { afterEach, beforeEach, describe, expect, test } from "bun:test";

import { ADA, GRACE, KATHERINE } from "../fixture.ts";
import { type CommandScene, createCommandScene } from "./command_scene.ts";

let scene: CommandScene;
beforeEach(async () => {
  scene = await createCommandScene([ADA, GRACE, KATHERINE]);
});
afterEach(() => scene.close());

const run = (...args: string[]) => scene.run("admin", ...args);

describe("foyer admin", () => {
  test("adds an admin once, by an address in any case", async () => {
    const address = ADA.email.toUpperCase();
    expect(await run("add", address)).toBe(`${ADA.name} <${ADA.email}> is now an administrator.`);
    expect(await run("add", address)).toContain("is already an administrator");
    const [event, ...more] = await scene.store.listEvents({ kind: "administrator_made", limit: 9 });
    expect(more).toEqual([]);
    expect(event).toMatchObject({ actorId: null, details: { email: ADA.email } });
  });

  test("removes one, with an event", async () => {
    expect(await run("remove", GRACE.email)).toContain("is not an administrator");
    await run("add", ADA.email);
    await run("add", GRACE.email);
    expect(await run("remove", GRACE.email)).toContain("is no longer an administrator");
    expect(await run("remove", ADA.email)).toContain("is the last administrator");
    const events = await scene.store.listEvents({ kind: "administrator_unmade", limit: 9 });
    expect(events).toEqual([expect.objectContaining({ actorId: null, subjectId: scene.ids[1] })]);
  });

  test("leaves the role that ADMIN_EMAILS gives", async () => {
    scene.env.ADMIN_EMAILS = KATHERINE.email;
    const bySettings = "an administrator by ADMIN_EMAILS";
    expect(await run("remove", KATHERINE.email)).toContain(`is ${bySettings}: remove the address`);
    expect(await run("add", KATHERINE.email)).toContain("is now an administrator");
    expect(await run("remove", KATHERINE.email)).toContain(`stays ${bySettings}`);
    expect(await scene.store.findPerson(scene.ids[2] as string)).toMatchObject({
      adminSince: null,
    });
  });

  const CALLS = [["add"], ["add", "x", "y"], ["add", ""], ["remove"], ["remove", "x", "--all"]];
  for (const args of CALLS) {
    test(`shows the usage for: ${JSON.stringify(args)}`, async () => {
      expect(await run(...args)).toContain(`Usage: foyer admin ${args[0]} ADDRESS|ID [--json]`);
    });
  }
});

describe("foyer sessions end", () => {
  const end = (...args: string[]) => scene.run("sessions", "end", ...args);

  test("ends those of one person", async () => {
    expect(await end(GRACE.email)).toBe(`${GRACE.name} <${GRACE.email}>: 1 session ended.`);
    expect(await end(scene.ids[1] as string)).toContain("0 sessions ended");
    const [event, ...more] = await scene.store.listEvents({ kind: "sessions_ended", limit: 9 });
    expect(more).toEqual([]);
    expect(event).toMatchObject({ actorId: null, subjectId: scene.ids[1], details: { count: 1 } });
    expect(await scene.read("sessions", "end", ADA.email)).toMatchObject([
      { sessions: 1, person: { id: scene.ids[0] } },
    ]);
  });

  test("ends those of everybody", async () => {
    expect(await end("--all")).toBe("3 sessions of 3 people ended.");
    expect(await scene.store.listEvents({ kind: "sessions_ended", limit: 9 })).toHaveLength(3);
    expect(await scene.read("sessions", "end", "--all")).toEqual([{ sessions: 0, people: 0 }]);
  });

  const CALLS = [
    [],
    ["--all", "x"],
    ["x", "--all"],
    ["--", "--all", "x"],
    ["a", "b"],
    ["--everybody"],
  ];
  for (const args of CALLS) {
    test(`shows the usage for: ${JSON.stringify(args)}`, async () => {
      expect(await end(...args)).toContain("Usage: foyer sessions end ADDRESS|ID");
      expect(await scene.store.listEvents({ kind: "sessions_ended", limit: 9 })).toEqual([]);
    });
  }

  test("takes --all behind -- for a person", async () => {
    expect(await end("--", "--all")).toContain("No person has the id --all");
  });
});
