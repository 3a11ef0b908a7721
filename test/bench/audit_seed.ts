import { Database } from "bun:sqlite";

import { chainedText, hash, START } from "../../db/acts/audit_chain.ts";
import { insertion } from "./floor/rows.ts";
import type { Member } from "./seed.ts";

/** Writes so many sign-ins of members into the audit log of a file that no server uses. */
export function seedEvents(path: string, { members, count }: { members: Member[]; count: number }) {
  using database = new Database(path, { strict: true });
  database.run("PRAGMA synchronous = OFF");
  const saveEvent = insertion(database, "audit_events", {
    columns: ["seq", "at", "kind", "actor_id", "subject_id", "details_hash", "hash"],
  });
  const saveDetails = insertion(database, "audit_details", {
    columns: ["seq", "salt", "details", "email"],
  });
  const firstAt = Date.now() - count;
  let before = START.hash;
  database.transaction(() => {
    for (let seq = 1; seq <= count; seq += 1) {
      const { id, name, email } = members[seq % members.length] as Member;
      const details = JSON.stringify({ name, email, method: "btn", network: "203.0.113.0/24" });
      const salt = `${seq}`.padStart(22, "0");
      const detailsHash = hash(salt + details);
      const event = { seq, at: firstAt + seq, kind: "signed_in", actorId: id, subjectId: id };
      before = hash(chainedText(before, { ...event, detailsHash }));
      const { at, kind } = event;
      const who = { actor_id: id, subject_id: id };
      saveEvent.run({ seq, at, kind, ...who, details_hash: detailsHash, hash: before });
      saveDetails.run({ seq, salt, details, email });
    }
    database.run("insert into audit_marks (name, seq, hash) values ('head', ?1, ?2)", [
      count,
      before,
    ]);
    database.run("insert into daily_counts (day, code, count) values (?1, 'signed_in', ?2)", [
      new Date(firstAt + count).toISOString().slice(0, 10),
      count,
    ]);
  })();
}
