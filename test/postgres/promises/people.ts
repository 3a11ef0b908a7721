import { PEOPLE, type StandInPerson } from "../../../src/google_stand_in/people.ts";

let count = 0;

/** Somebody new. */
export function newPerson(): StandInPerson {
  count += 1;
  const [sub, email] = [`77${count}`, `person.${count}@gmail.com`];
  return { ...(PEOPLE[0] as StandInPerson), sub, email, name: `Person ${count}` };
}
