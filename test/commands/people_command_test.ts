import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "bun:test";

import { ADA, EDSGER, GRACE, KATHERINE } from "../fixture.ts";
import { type CommandScene, createCommandScene } from "./command_scene.ts";

const HOSTILE = {
  ...EDSGER,
  sub: "hostile",
  email: "x\u001b[2J\u202e@gmail.com",
  name: "\u001b]0;owned\u0007\nADMIN Eve",
};
const NO_ID = "00000000-0000-0000-0000-000000000000";

let scene: CommandScene;
const run = (...args: string[]) => scene.run(...args);
const open = async () => {
  scene = await createCommandScene([ADA, GRACE, { ...GRACE, sub: "another" }, KATHERINE, HOSTILE]);
};
const close = () => scene.close();

/** The newest event of a kind. */
async function findEvent(kind: "disabled" | "enabled" | "deleted") {
  return (await scene.store.listEvents({ kind, limit: 1 }))[0];
}

describe("foyer people", () => {
  beforeAll(open);
  afterAll(close);

  const WRONG: [args: string[], said: string][] = [
    [["list", "x"], "Usage: foyer people list"],
    [["list", "--filter"], "Usage: foyer people list"],
    [["list", "--filter", "admin"], "There is no filter admin"],
    [["list", "--filter", "__proto__"], "There is no filter __proto__"],
    [["list", "--limit", "5"], "Unknown option '--limit'"],
    [["show"], "Usage: foyer people show ADDRESS|ID"],
    [["show", ""], "Usage: foyer people show ADDRESS|ID"],
    [["show", ADA.email, GRACE.email], "Usage: foyer people show ADDRESS|ID"],
    [["disable"], "Usage: foyer people disable ADDRESS|ID"],
    [["disable", "--all"], "Unknown option '--all'"],
    [["disable", "--yes", ADA.email], "Unknown option '--yes'"],
    [["delete", ADA.email], "Deleting cannot be undone: add --yes"],
    [["delete", "--yes"], "Usage: foyer people delete ADDRESS|ID"],
    [["delete", ADA.email, "--yes=false"], "Usage: foyer people delete ADDRESS|ID"],
    [["toString"], "There is no foyer people toString"],
  ];
  for (const [args, said] of WRONG) {
    test(`shows the usage for: ${args.join(" ")}`, async () => {
      const events = await scene.store.listEvents({ limit: 10 });
      const text = await run("people", ...args);
      expect(text).toStartWith("UsageError: ");
      expect(text).toContain(said);
      expect(await scene.store.listEvents({ limit: 10 })).toEqual(events);
    });
  }

  const NOBODY: [argument: string, said: string][] = [
    ["x@y.example", "No person with the address x@y.example has signed in yet"],
    ["%@gmail.com", "No person with the address %@gmail.com"],
    [` ${ADA.email}`, "No person with the address"],
    ["ada", "No person has the id ada."],
    [NO_ID, `No person has the id ${NO_ID}`],
    ["' OR 1=1", "No person has the id"],
    ["-1", "UsageError"],
  ];
  for (const [argument, said] of NOBODY) {
    test(`finds nobody as: ${argument}`, async () => {
      for (const command of ["show", "disable", "enable"]) {
        expect(await run("people", command, argument)).toContain(said);
      }
      expect(await run("people", "delete", argument, "--yes")).toContain(said);
      expect(await run("sessions", "end", argument)).toContain(said);
    });
  }

  test("takes nothing behind -- for an option", async () => {
    for (const argument of ["--help", "-h", "--yes", "--json"]) {
      const said = `CommandError: No person has the id ${argument}.`;
      expect(await run("people", "disable", "--", argument)).toStartWith(said);
    }
  });

  test("lists the ids of several people with one address, and acts on none", async () => {
    const [, first, second] = scene.ids;
    for (const args of [
      ["disable", GRACE.email],
      ["delete", GRACE.email.toUpperCase(), "--yes"],
    ]) {
      const said = await run("people", ...args);
      expect(said).toStartWith("CommandError: Several people have used the address");
      expect(said).toContain(`  ${first}  last signed in 20`);
      expect(said).toContain(`  ${second}  last signed in 20`);
    }
    expect(await findEvent("deleted")).toBeUndefined();
    expect(await run("people", "disable", second as string)).toContain("is disabled");
    expect((await scene.store.findPerson(first as string))?.disabledAt).toBeNull();
  });
});

describe("foyer people disable and enable", () => {
  beforeEach(open);
  afterEach(close);

  test("act once, with an event of the command line", async () => {
    const [id = ""] = scene.ids;
    const who = `${ADA.name} <${ADA.email}>`;
    const disabled = `${who} is disabled, and signed out on every device.`;
    expect(await run("people", "disable", ADA.email.toUpperCase())).toBe(disabled);
    expect(await run("people", "disable", id)).toBe(`${who} is disabled already.`);
    const event = { actorId: null, subjectId: id, details: { email: ADA.email, count: 1 } };
    expect(await findEvent("disabled")).toMatchObject(event);
    expect(await run("people", "enable", ADA.email)).toBe(`${who} is enabled.`);
    const unchanged = `${who} is not disabled by an administrator.`;
    expect(await run("people", "enable", ADA.email)).toBe(unchanged);
    expect(await scene.read("people", "enable", id)).toEqual([
      { outcome: "unchanged", person: { id, name: ADA.name, email: ADA.email } },
    ]);
    expect(await scene.store.listEvents({ kind: "enabled", limit: 9 })).toHaveLength(1);
  });

  test("enable says that Google's own word stays", async () => {
    const act = { sub: ADA.sub, kind: "account_disabled", endsSessionsBefore: null };
    const delivery = {
      jti: "1",
      issuedAt: 1,
      acts: [{ ...act, disables: { reason: "hijacking" } }],
    };
    await scene.store.applySecurityEvent(delivery, {
      now: 1,
      actorId: null,
      network: "",
      userAgent: "",
    });
    expect(await run("people", "enable", ADA.email)).toContain("only Google enables it again");
    expect(await run("people", "show", ADA.email)).toContain("disabled by Google since 1970");
  });
});

describe("foyer people delete", () => {
  beforeEach(open);
  afterEach(close);

  test("deletes with --yes, or with a yes on the terminal", async () => {
    const [id = "", , , katherine = ""] = scene.ids;
    const asked: string[] = [];
    const answer = (text: string) => ({
      ask: async (question: string) => {
        asked.push(question);
        return text;
      },
    });
    for (const text of ["", "y", "no", "yes!"]) {
      const said = await scene.runWith(answer(text), "people", "delete", ADA.email);
      expect(said).toBe("CommandError: Nothing was changed");
    }
    expect(asked[0]).toStartWith(`Delete ${ADA.name} <${ADA.email}> and all data`);
    expect(await scene.store.findPerson(id)).not.toBeNull();
    const done = await scene.runWith(answer(" YES "), "people", "delete", ADA.email);
    expect(done).toBe(`${ADA.name} <${ADA.email}> is deleted, with all data about them.`);
    expect(await scene.store.findPerson(id)).toBeNull();
    expect(await findEvent("deleted")).toMatchObject({ actorId: null, subjectId: id });
    expect(await run("people", "delete", "--yes", katherine)).toContain("is deleted");
  });

  test("keeps the last administrator who may sign in, as the settings say", async () => {
    const [ada = "", , , katherine = ""] = scene.ids;
    expect(await run("admin", "add", ADA.email)).toContain("is now an administrator");
    const acts = [
      ["people", "delete", ada, "--yes"],
      ["people", "disable", ada],
      ["admin", "remove", ada],
    ];
    for (const args of acts) expect(await run(...args)).toContain("is the last administrator");
    // With the settings of the server, there is another one.
    scene.env.ADMIN_EMAILS = KATHERINE.email;
    expect(await run("people", "disable", ada)).toContain("is disabled");
    expect(await run("people", "enable", ada)).toContain("is enabled");
    // This one may not sign in, by the settings: Katherine is the last.
    scene.env.ALLOWED_EMAILS = "@example.org";
    expect(await run("people", "disable", katherine)).toContain("is the last administrator");
    scene.env.ADMIN_EMAILS = "not an address";
    expect(await run("people", "disable", katherine)).toContain("ConfigError");
    expect((await scene.store.findPerson(katherine))?.disabledAt).toBeNull();
  });
});

describe("what a terminal is shown", () => {
  beforeAll(open);
  afterAll(close);

  test("of a hostile person has one line each, and nothing that it obeys", async () => {
    const id = scene.ids.at(-1) as string;
    const said = [
      await run("people", "list"),
      await run("people", "show", id),
      await run("people", "disable", id),
      await run("admin", "add", id),
      await run("admin", "list"),
      await run("sessions", "end", id),
    ].join("\n");
    expect(said).toContain("\\u{1b}]0;owned\\u{7}\\u{a}ADMIN Eve <x\\u{1b}[2J\\u{202e}@gmail.com>");
    expect(said.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(said).not.toMatch(/^ADMIN/m);
    expect(await run("people", "list", "--json")).not.toMatch(
      /[\u0000-\u0009\u000b-\u001f\p{Cf}]/u,
    );
    const [person] = await scene.read("people", "show", id);
    expect(person).toMatchObject({ name: HOSTILE.name, email: HOSTILE.email });
  });

  test("has no token and no hash", async () => {
    const said = [
      await run("people", "list", "--json"),
      await run("people", "show", ADA.email, "--json"),
      await run("people", "show", ADA.email),
    ].join("\n");
    expect(said).not.toMatch(/[\w-]{43}|hash|"sub"/i);
  });
});
