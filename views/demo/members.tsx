import { Html } from "@elysiajs/html";

import { Time } from "../time.tsx";

export interface MemberPageProps {
  name: string;
  email: string;
  /** When this session began and when it expires, in milliseconds since 1970. */
  createdAt: number;
  expiresAt: number;
}

/** The first page for members: the signed-in person. */
export function MembersRoom({ name, email, createdAt, expiresAt }: MemberPageProps) {
  return (
    <section class="card">
      <h1 safe>{`Good to see you, ${name}`}</h1>
      <p>This room is for members. Nobody who is not signed in can read this page.</p>
      <dl class="facts">
        <dt>Signed in as</dt>
        <dd safe>{email}</dd>
        <dt>Since</dt>
        <dd>
          <Time at={createdAt} />
        </dd>
        <dt>At the latest until</dt>
        <dd>
          <Time at={expiresAt} />
        </dd>
      </dl>
    </section>
  );
}

/** The second page for members. */
export function MembersLibrary({ name }: MemberPageProps) {
  return (
    <section class="card">
      <h1>The library</h1>
      <p safe>{`${name}, these shelves are for members, too.`}</p>
      <ul class="shelf">
        <li>What an ID token proves, and what it does not</li>
        <li>Why the cookie holds nothing but chance</li>
        <li>Sessions that end when you say so</li>
      </ul>
    </section>
  );
}
