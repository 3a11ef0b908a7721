import { Html } from "@elysiajs/html";

import { Icon, type IconName } from "../icon.tsx";
import { PageLink } from "../page_link.tsx";
import { SignInCard, type SignInCardProps } from "../sign_in/sign_in_card.tsx";
import type { Words } from "../words/words.ts";

const PROMISES: [icon: IconName, title: string, text: string][] = [
  ["key", "No new password", "You sign in with Google. We never see your Google password."],
  ["computer", "Your devices", "See where you are signed in, and sign out any device."],
  ["download", "Your data", "Download it or delete your account at any time."],
];

/** The front page for anonymous people: what it is, and the one obvious thing to do. */
export function FrontPage({ words, ...card }: SignInCardProps & { words: Words }) {
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
        <SignInCard {...card} />
      </section>
      <ul class="cards">
        {PROMISES.map(([icon, title, text]) => (
          <li>
            <Icon name={icon} size={1.5} />
            <h2 safe>{title}</h2>
            <p class="muted" safe>
              {text}
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

/** The front page for a signed-in person: where they can go. */
export function Greeting({ name, tiles }: { name: string; tiles: PageTile[] }) {
  return (
    <>
      <h1>
        Welcome back, <bdi safe>{name}</bdi>
      </h1>
      <p class="lead">Where do you want to go?</p>
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
