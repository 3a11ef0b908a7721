import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { PeopleOrder, PeopleQuery } from "../../db/contract/people.ts";
import { openDatabaseFile } from "../../db/file/database_file.ts";
import { openSqlite } from "../../db/sqlite.ts";

// `bun test/bench/people.ts`: how long the list of people takes among 100,000 people, in the middle as at the start.

const PEOPLE = 100_000;
const LIMIT = 51;
const ROUNDS = 30;

const directory = mkdtempSync(join(tmpdir(), "foyer_people_"));
const path = join(directory, "foyer.db");
try {
  seed(path);
  const store = openSqlite(path);
  const measure = async (name: string, query: Partial<PeopleQuery>) => {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const begun = performance.now();
      await store.listPeople({ query: "", order: "name", after: null, limit: LIMIT, ...query });
      times.push(performance.now() - begun);
    }
    const [median = 0] = times.toSorted((one, other) => one - other).slice(ROUNDS / 2);
    console.info(`${name.padEnd(44)} ${median.toFixed(2)} ms`);
  };
  const ORDERS: PeopleOrder[] = ["name", "email", "created", "signed_in"];
  for (const order of ORDERS) {
    await measure(`by ${order}, the first page`, { order });
    const middle = {
      name: "Person 50000",
      email: "p50000@x.example",
      created: 50_000,
      signed_in: 50_000,
    };
    await measure(`by ${order}, from the middle on`, {
      order,
      after: { value: middle[order], id: "x" },
    });
  }
  for (const query of ["p", "person 5", "p4242@", "nobody"]) {
    await measure(`"${query}", by name`, { query });
    await measure(`"${query}", by last sign-in`, { query, order: "signed_in" });
  }
  const begun = performance.now();
  await store.readCounters({ now: 0, sinceDay: "2026-01-01" });
  console.info(`${"the counters".padEnd(44)} ${(performance.now() - begun).toFixed(2)} ms`);
  store.close();
} finally {
  rmSync(directory, { recursive: true });
}

function seed(file: string): void {
  const database = openDatabaseFile(file);
  const insert = database.prepare(
    "INSERT INTO users (id, sub, email, email_verified, name, created_at, signed_in_at) VALUES (?, ?, ?, 1, ?, ?, ?)",
  );
  database.transaction(() => {
    for (let number = 0; number < PEOPLE; number += 1) {
      const id = crypto.randomUUID();
      insert.run(id, String(number), `p${number}@x.example`, `Person ${number}`, number, number);
    }
  })();
  database.close();
}
