import type { PeoplePolicy } from "../../db/people_store.ts";
import { admit } from "../auth/admission.ts";
import type { Config } from "../config.ts";

/** What the settings say of people, in the store's words. */
export function peoplePolicy(config: Config): PeoplePolicy {
  return {
    configuredAdmins: config.adminEmails,
    admit(person) {
      const admission = admit(person, config);
      return { mayEnter: admission.admitted, isAdmin: admission.admitted && admission.isAdmin };
    },
  };
}
