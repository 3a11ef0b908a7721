import { Html } from "@elysiajs/html";

import { Icon, type IconName } from "../icon.tsx";
import { PageLink } from "../page_link.tsx";
import { SignInCard, type SignInCardProps } from "../sign_in/sign_in_card.tsx";
import type { Words } from "../words/words.ts";

const PROMISES: [icon: IconName, name: keyof Words["front"]["promises"]][] = [
  ["key", "password"],
  ["computer", "devices"],
  ["download", "data"],
];

/** The front page for anonymous people: what it is, and the one obvious thing to do. */
export function FrontPage({ words, ...card }: SignInCardProps) {
  const { headline = words.front.headline, lead = words.front.lead } = card.brand;
  return (
    <>
      <section class="hero">
        <div>
          <h1 safe>{headline}</h1>
          <p class="lead" safe>
            {lead}
          </p>
        </div>
        <SignInCard words={words} {...card} />
      </section>
      <ul class="cards">
        {PROMISES.map(([icon, name]) => (
          <li>
            <Icon name={icon} size={1.5} />
            <h2 safe>{words.front.promises[name].title}</h2>
            <p class="muted" safe>
              {words.front.promises[name].text}
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}

/** A page that the greeting leads to. */
export interface PageTile {
  name: string;
  title: string;
  description: string;
}

export interface GreetingProps {
  words: Words;
  name: string;
  tiles: PageTile[];
}

/** The front page for a signed-in person: where they can go. */
export function Greeting({ words, name, tiles }: GreetingProps) {
  const { greeting, where } = words.front;
  return (
    <>
      <h1>{greeting(<bdi safe>{name}</bdi>) as "safe"}</h1>
      <p class="lead" safe>
        {where}
      </p>
      <ul class="cards">
        {tiles.map((tile) => (
          <li class="card tile">
            <h2>
              <PageLink name={tile.name}>
                <span safe>{tile.title}</span>
              </PageLink>
            </h2>
            <p class="muted" safe>
              {tile.description}
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}
