import { Html } from "@elysiajs/html";

export interface PersonBadgesProps {
  disabledAt: number | null;
  googleDisabledAt: number | null;
  adminSince: number | null;
  isConfiguredAdmin: boolean;
}

/** What is special about a person, in a word each. */
export function PersonBadges(person: PersonBadgesProps) {
  const isAdmin = person.isConfiguredAdmin || person.adminSince !== null;
  return (
    <>
      {isAdmin ? <span class="badge">administrator</span> : null}
      {person.disabledAt !== null ? <span class="badge warning">disabled</span> : null}
      {person.googleDisabledAt !== null ? (
        <span class="badge warning">disabled by Google</span>
      ) : null}
    </>
  );
}
