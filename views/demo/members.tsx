import { Html } from "@elysiajs/html";

import { Time } from "../time.tsx";

export interface MembersPageProps {
  email: string;
  /** When this session began and when it expires, in milliseconds since 1970. */
  createdAt: number;
  expiresAt: number;
}

/** The first page for members. */
export function MembersPage({ email, createdAt, expiresAt }: MembersPageProps) {
  return (
    <>
      <h1>Members</h1>
      <p class="lead">Only people who are signed in can read this page.</p>
      <section class="card">
        <dl class="facts">
          <dt>Signed in as</dt>
          <dd safe>{email}</dd>
          <dt>Signed in</dt>
          <dd>
            <Time at={createdAt} />
          </dd>
          <dt>Ends by</dt>
          <dd>
            <Time at={expiresAt} />
          </dd>
        </dl>
      </section>
    </>
  );
}

/** The second page for members. */
export function LibraryPage() {
  return (
    <>
      <h1>Library</h1>
      <p class="lead">Documents to read.</p>
      <section class="card">
        <p>Put your own documents here.</p>
      </section>
    </>
  );
}
