import { beforeEach, expect, test } from "bun:test";

import type { AppStore } from "../../db/contract/app_store.ts";
import { auditAt } from "../fixture.ts";
import { describeStore } from "./describe_store.ts";
import { actOn, peopleOf } from "./people_scene.ts";

describeStore("the list of people", (createDatabase) => {
  let store: AppStore;
  let scene: ReturnType<typeof peopleOf>;
  beforeEach(async () => {
    store = await (await createDatabase()).open();
    scene = peopleOf(store);
  });

  test("filters by status and role, with and without a search", async () => {
    const { add, list, find } = scene;
    const [ada, grace, chen] = [await add("Ada"), await add("Grace"), await add("Chen")];
    await store.disable(actOn(chen), auditAt(2000));
    await store.addAdmin(actOn(grace), auditAt(2000));
    const configuredAdmins = new Set(["someone@gmail.com"]);
    await add("Zoe", "someone@gmail.com");
    await add("Zora", "someone@orbit.example");
    expect(await find({ filter: "disabled" })).toEqual(["Chen"]);
    expect(await find({ filter: "active" })).toEqual(["Ada", "Grace", "Zoe", "Zora"]);
    expect(await find({ filter: "admins", configuredAdmins })).toEqual(["Grace", "Zoe"]);
    expect(await find({ search: "gmail", filter: "admins", configuredAdmins })).toEqual(["Zoe"]);
    expect(await find({ search: "orbit", filter: "admins", configuredAdmins })).toEqual(["Grace"]);
    expect(await find({ search: "orbit", filter: "disabled" })).toEqual(["Chen"]);
    expect(await find({ search: "ch", filter: "active" })).toEqual([]);
    expect((await list({ configuredAdmins })).counts).toEqual({
      all: 5,
      active: 4,
      admins: 2,
      disabled: 1,
    });
    await store.enable(actOn(chen), auditAt(2000));
    expect(await find({ search: "orbit", filter: "disabled" })).toEqual([]);
    expect(await find({ search: "ch", filter: "active" })).toEqual(["Chen"]);
    await store.deletePerson(actOn(ada), auditAt(2000));
    expect((await list({ configuredAdmins })).counts?.all).toBe(4);
    expect((await list({ search: "orbit" })).counts).toBeNull();
  });

  test("takes the last page when there are not as many people", async () => {
    const { add, list } = scene;
    for (let number = 0; number < 25; number += 1) await add(`Zoe ${number}`);
    const rows: [search: string, skip: number, skipped: number, people: number][] = [
      ["", 20, 20, 5],
      ["", 30, 20, 5],
      ["zoe", 990, 20, 5],
      ["nobody", 10, 0, 0],
    ];
    for (const [search, skip, skipped, people] of rows) {
      const found = await list({ search, skip, limit: 10 });
      expect([found.skipped, found.people.length]).toEqual([skipped, people]);
    }
    expect(await list({ filter: "admins", skip: 10, limit: 10 })).toMatchObject({ skipped: 0 });
  });

  test("sorts both ways, and shows each person once over its pages", async () => {
    const { add, list } = scene;
    for (let number = 0; number < 25; number += 1) {
      await add(`${number % 2 ? "zoe" : "Zoe"} ${number % 7}`, `z${number}@gmail.com`);
    }
    for (const order of ["name", "email", "created", "signed_in"] as const) {
      for (const search of ["", "zoe", "z"]) {
        const read = async (isReversed: boolean) => {
          const pages = [0, 10, 20].map((skip) =>
            list({ search, order, isReversed, skip, limit: 10 }),
          );
          return (await Promise.all(pages)).flatMap((page) => page.people.map(({ id }) => id));
        };
        const [there, back] = [await read(false), await read(true)];
        expect(new Set(there).size).toBe(25);
        expect(back).toEqual(there.toReversed());
      }
    }
  });
});
