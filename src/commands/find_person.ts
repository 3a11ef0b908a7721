import type { PersonSummary } from "../../db/contract/people_list.ts";
import type { Store } from "../../db/contract/store.ts";
import { CommandError } from "./command_line.ts";

/**
 * The person whom an argument names: by address, whose ASCII case does not matter, or by id. Throws
 * {@linkcode CommandError} if it is nobody, or if several people have used the address.
 */
export async function findPerson(argument: string, store: Store): Promise<PersonSummary> {
  if (!argument.includes("@")) {
    const person = await store.findPerson(argument);
    if (person) return person;
    throw new CommandError(
      `No person has the id ${argument}. Name a person by address or by id (foyer people list)`,
    );
  }
  const [person, ...others] = await store.findPeopleByEmail(argument);
  if (!person) throw new CommandError(`No person with the address ${argument} has signed in yet`);
  if (others.length === 0) return person;
  // An address can move from one Google account to another.
  const ids = [person, ...others].map(
    ({ id, signedInAt }) => `  ${id}  last signed in ${new Date(signedInAt).toISOString()}`,
  );
  throw new CommandError(
    `Several people have used the address ${argument}. Name one by id:\n${ids.join("\n")}`,
  );
}

/** A person in a sentence. */
export function nameOf({ name, email }: Pick<PersonSummary, "name" | "email">): string {
  return `${name} <${email}>`;
}
