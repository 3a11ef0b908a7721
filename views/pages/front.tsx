import { Html } from "@elysiajs/html";

import { ACCOUNT } from "../../src/paths.ts";
import { Icon, type IconName } from "../icon.tsx";
import { PageLink } from "../page_link.tsx";
import { SignInCard, type SignInCardProps } from "../sign_in/sign_in_card.tsx";
import type { Words } from "../words/words.ts";
import { type ActivityRow, ActivityRows } from "./activity.tsx";

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
  icon?: IconName | undefined;
}

/** A protected application that a person may open. */
export interface SiteLink {
  name: string;
  origin: string;
}

export interface GreetingProps {
  words: Words;
  name: string;
  tiles: PageTile[];
  sites: SiteLink[];
  /** What happened to the account lately, the newest first. */
  events: ActivityRow[];
}

/** The front page for a signed-in person: where they can go. */
export function Greeting({ words, name, tiles, sites, events }: GreetingProps) {
  const { greeting, where } = words.front;
  return (
    <>
      <h1>{greeting(<bdi safe>{name}</bdi>) as "safe"}</h1>
      <p class="lead" safe>
        {where}
      </p>
      <ul class="cards">
        {sites.map(({ name, origin }) => (
          <li class="card tile">
            <Icon name="open" size={1.5} />
            <h2>
              <a href={origin} safe>
                {name}
              </a>
            </h2>
            <p class="muted" safe>
              {new URL(origin).host}
            </p>
          </li>
        ))}
        {tiles.map((tile) => (
          <li class="card tile">
            {tile.icon ? <Icon name={tile.icon} size={1.5} /> : null}
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
      {events.length > 0 ? <RecentActivity words={words} events={events} /> : null}
    </>
  );
}

function RecentActivity({ words, events }: Pick<GreetingProps, "words" | "events">) {
  const { account, front } = words;
  const check = (
    <a href="https://myaccount.google.com/security" safe>
      {front.checkGoogle}
    </a>
  );
  return (
    <section class="card" aria-labelledby="activity">
      <div class="head">
        <h2 id="activity" safe>
          {account.activity}
        </h2>
        <PageLink name={ACCOUNT}>
          <span safe>{front.seeAll}</span>
        </PageLink>
      </div>
      <ActivityRows words={words} events={events} />
      <p class="muted fine">{front.isStrange(check) as "safe"}</p>
    </section>
  );
}
