import { Html } from "@elysiajs/html";

import type { Words } from "../words/words.ts";

export interface PersonBadgesProps {
  disabledAt: number | null;
  googleDisabledAt: number | null;
  adminSince: number | null;
  isConfiguredAdmin: boolean;
  words: Words;
}

/** Badges for a person: admin, disabled, disabled by Google. */
export function PersonBadges({ words, ...person }: PersonBadgesProps) {
  const { admin, disabled, disabledByGoogle } = words.person;
  const isAdmin = person.isConfiguredAdmin || person.adminSince !== null;
  return (
    <>
      {isAdmin ? (
        <span class="badge" safe>
          {admin}
        </span>
      ) : null}
      {person.disabledAt !== null ? (
        <span class="badge bad" safe>
          {disabled}
        </span>
      ) : null}
      {person.googleDisabledAt !== null ? (
        <span class="badge bad" safe>
          {disabledByGoogle}
        </span>
      ) : null}
    </>
  );
}
