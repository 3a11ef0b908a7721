import type { BroughtBack, RestoredPerson } from "../../db/sqlite/brought_back.ts";
import { nameOf } from "./find_person.ts";

/** What a restore took back, with the command that does it again, or why nobody knows. */
export function describeBroughtBack(found: BroughtBack | null, unknown: string | null): string[] {
  if (!found) {
    return [
      "People who were deleted or disabled since the backup are back as they were, and admins whose role was removed. " +
        `Foyer does not know who: ${unknown}.`,
    ];
  }
  const { deleted, disabled, admins, invitations } = found;
  const byAdmin = disabled.filter(({ by }) => by === "admin");
  const byGoogle = disabled.filter(({ by }) => by === "google");
  const lines = [
    ...listPeople("Deleted since the backup, and back:", deleted, "foyer people delete"),
    ...listPeople("Disabled since, and enabled again:", byAdmin, "foyer people disable"),
    ...listPeople("Disabled by Google since, and enabled again:", byGoogle, "foyer people disable"),
    ...listPeople("No admin since, and admin again:", admins, "foyer admin remove"),
    ...list("Invitation revoked or used since, and valid again:", invitations),
  ];
  return lines.length > 0 ? lines : ["Nothing that was deleted or disabled since is back."];
}

function listPeople(title: string, people: RestoredPerson[], command: string): string[] {
  return list(
    title,
    people.map((person) => `${nameOf(person)}: ${command} ${person.id}`),
  );
}

function list(title: string, entries: string[]): string[] {
  return entries.length === 0 ? [] : [title, ...entries.map((entry) => `  ${entry}`)];
}
