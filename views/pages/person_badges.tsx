import { Html } from "@elysiajs/html";

export interface PersonBadgesProps {
  disabledAt: number | null;
  googleDisabledAt: number | null;
  adminSince: number | null;
  isConfiguredAdmin: boolean;
}

/** Badges for a person: administrator, disabled, disabled by Google. */
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
