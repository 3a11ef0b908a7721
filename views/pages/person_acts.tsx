import { Html } from "@elysiajs/html";

import type { PersonSummary } from "../../db/contract/people_list.ts";
import { PATHS } from "../../src/paths.ts";
import { ActButton, AskingButton } from "../act_button.tsx";
import { Icon } from "../icon.tsx";
import type { Words } from "../words/words.ts";
import { Setting } from "./setting.tsx";

type PersonActsProps = PersonSummary & {
  isConfiguredAdmin: boolean;
  /** Whether anybody may sign up, also a deleted person. */
  isSignUpOpen: boolean;
  words: Words;
};

/** What an administrator can do with a person, and undo. */
export function PersonActs(person: PersonActsProps) {
  const { id, name, disabledAt, adminSince, isConfiguredAdmin, words } = person;
  const { makeAdmin, makeAdminQuestion, adminsCan, removeAdmin } = words.person;
  const path = `${PATHS.people}/${id}`;
  return (
    <>
      {/* No paragraph: that cannot hold a dialog. */}
      <div class="line">
        {adminSince !== null ? (
          <ActButton id="make_admin_opener" method="delete" path={`${path}/administrator`}>
            <span safe>{removeAdmin}</span>
          </ActButton>
        ) : isConfiguredAdmin ? null : (
          <AskingButton
            words={words}
            id="make_admin"
            class="button"
            label={makeAdmin}
            question={makeAdminQuestion(name)}
            act={{ method: "put", path: `${path}/administrator`, class: "button main" }}
          >
            <p safe>{adminsCan}</p>
          </AskingButton>
        )}{" "}
        {disabledAt === null ? (
          <ActButton id="disable_account" method="put" path={`${path}/disabled`}>
            <span safe>{words.person.disable}</span>
          </ActButton>
        ) : (
          <ActButton id="disable_account" method="delete" path={`${path}/disabled`}>
            <span safe>{words.person.enable}</span>
          </ActButton>
        )}
      </div>
      <p class="muted fine" safe>
        {words.person.disabledMeans}
      </p>
    </>
  );
}

/** The deletion of an account, apart from the other acts. */
export function PersonDeletion(person: PersonActsProps) {
  const { id, name, email, disabledAt, isSignUpOpen, words } = person;
  const { deletion, noWayBack, deleteThis, deletesAll, deleteAccount } = words.person;
  return (
    <Setting id="deletion" title={deletion} text={<span safe>{noWayBack}</span>}>
      <ul class="rows">
        <li>
          <Icon name="trash" size={1.5} />
          <div>
            <b safe>{deleteThis}</b>
            <p class="muted fine" safe>
              {deletesAll}
            </p>
          </div>
          <AskingButton
            words={words}
            id="delete_person"
            class="button small bad"
            label={deleteAccount}
            question={words.person.deleteQuestion(name)}
            act={{ method: "delete", path: `${PATHS.people}/${id}` }}
          >
            <p safe>{words.person.deletesAllAbout(email)}</p>
            {disabledAt !== null && isSignUpOpen ? <p safe>{words.person.mayReturn}</p> : null}
          </AskingButton>
        </li>
      </ul>
    </Setting>
  );
}
