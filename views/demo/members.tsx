import { Html } from "@elysiajs/html";

import { ACCOUNT } from "../../src/paths.ts";
import { Icon } from "../icon.tsx";
import { PageLink } from "../page_link.tsx";
import { Time } from "../time.tsx";
import type { Words } from "../words/words.ts";
import { demoWords } from "./words.ts";

export interface MembersPageProps {
  words: Words;
  email: string;
  /** When this session began and when it expires, in milliseconds since 1970. */
  createdAt: number;
  expiresAt: number;
  /** After which time without activity it expires, in milliseconds. */
  idleMs: number;
}

/** The first page for members. */
export function MembersPage({ words, email, createdAt, expiresAt, idleMs }: MembersPageProps) {
  const { members } = demoWords(words);
  const ends = members.ends(<Time words={words} at={expiresAt} />, words.formats.duration(idleMs));
  return (
    <>
      <h1 safe>{members.title}</h1>
      <p class="lead" safe>
        {members.lead}
      </p>
      <section class="card">
        <dl class="facts">
          <dt safe>{members.signedInAs}</dt>
          <dd>
            <bdi safe>{email}</bdi>
          </dd>
          <dt safe>{members.signedIn}</dt>
          <dd>
            <Time words={words} at={createdAt} as="ago" />
          </dd>
          <dt safe>{members.endsBy}</dt>
          <dd>{ends as "safe"}</dd>
        </dl>
        <p>
          <PageLink name={ACCOUNT}>
            <span safe>{members.devices}</span>
          </PageLink>
        </p>
      </section>
    </>
  );
}

export interface LibraryPageProps {
  words: Words;
  documents: { title: string; url: string }[];
}

/** The second page for members. */
export function LibraryPage({ words, documents }: LibraryPageProps) {
  const { library } = demoWords(words);
  return (
    <>
      <h1 safe>{library.title}</h1>
      <p class="lead" safe>
        {library.lead}
      </p>
      <section class="card">
        <ul class="rows">
          {documents.map(({ title, url }) => (
            <li>
              <Icon name="library" size={1.5} />
              <a href={url} safe>
                {title}
              </a>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}
