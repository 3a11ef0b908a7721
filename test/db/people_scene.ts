import type { AppStore } from "../../db/contract/app_store.ts";
import type { PersonAct } from "../../db/contract/people.ts";
import type { PeopleQuery } from "../../db/contract/people_list.ts";
import { auditAt } from "../fixture.ts";
import { signInWith } from "./sign_ins.ts";

let people = 0;

/** People in a store, and lists of them. */
export function peopleOf(store: AppStore) {
  const list = (query: Partial<PeopleQuery>) =>
    store.listPeople({
      search: "",
      filter: "all",
      order: "name",
      isReversed: false,
      skip: 0,
      limit: 50,
      configuredAdmins: new Set(),
      ...query,
    });

  return {
    list,
    /** The names of those whom a query finds. */
    find: async (query: Partial<PeopleQuery>) => (await list(query)).people.map(({ name }) => name),
    /** Has somebody sign in, or change their name, and returns their id. */
    async add(name: string, email = `p${++people}@orbit.example`, sub = email): Promise<string> {
      const outcome = await store.signIn(
        signInWith({
          identity: { sub, email, name, picture: null, hostedDomain: null },
          tokenHash: crypto.randomUUID(),
          nonceHash: crypto.randomUUID(),
          idleEndsAt: 9000,
        }),
        auditAt(1000 + ++people),
      );
      if (!outcome.signedIn) throw new Error(outcome.code);
      return outcome.user.id;
    },
  };
}

/** An act on somebody by an administrator. */
export function actOn(userId: string): PersonAct {
  const policy = {
    configuredAdmins: new Set<string>(),
    admit: () => ({ mayEnter: true, isAdmin: true }),
  };
  return { userId, policy };
}
