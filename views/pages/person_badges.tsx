import { Html } from "@elysiajs/html";

export interface PersonBadgesProps {
  disabledAt: number | null;
  googleDisabledAt: number | null;
  adminSince: number | null;
  isConfiguredAdmin: boolean;
}

/** Badges for a person: admin, disabled, disabled by Google. */
export function PersonBadges(person: PersonBadgesProps) {
  const isAdmin = person.isConfiguredAdmin || person.adminSince !== null;
  return (
    <>
      {isAdmin ? <span class="badge">Admin</span> : null}
      {person.disabledAt !== null ? <span class="badge bad">Disabled</span> : null}
      {person.googleDisabledAt !== null ? <span class="badge bad">Disabled by Google</span> : null}
    </>
  );
}
