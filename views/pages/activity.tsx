import { Html } from "@elysiajs/html";

import { Icon, type IconName } from "../icon.tsx";
import { Time } from "../time.tsx";
import type { Words } from "../words/words.ts";

/** An event that concerns a person, in plain words. */
export interface ActivityRow {
  seq: number;
  at: number;
  title: string;
  icon: IconName;
  /** Whether the person should find out what happened. */
  isAlarming: boolean;
  /** For example the browser and the sign-in method. */
  details: string[];
}

export interface ActivityProps {
  words: Words;
  events: ActivityRow[];
}

/** How many events are shown at first. */
const SHOWN = 4;

/** What happened to a person's account, newest first. The rest opens by "Show all". */
export function Activity({ words, events }: ActivityProps) {
  if (events.length === 0) return <p safe>{words.activity.none}</p>;
  const rest = events.slice(SHOWN);
  return (
    <>
      <ActivityRows words={words} events={events.slice(0, SHOWN)} />
      {rest.length > 0 ? (
        <details>
          <summary safe>{words.activity.showAll(events.length)}</summary>
          <ActivityRows words={words} events={rest} />
        </details>
      ) : null}
    </>
  );
}

/** Events as rows. */
export function ActivityRows({ words, events }: ActivityProps) {
  return (
    <ul class="rows">
      {events.map(({ at, title, icon, isAlarming, details }) => (
        <li>
          <Icon name={icon} size={1.5} />
          <div>
            <b safe>{title}</b>
            {isAlarming ? (
              <span class="badge bad" safe>
                {words.activity.check}
              </span>
            ) : null}
            <p class="muted fine">
              <Time words={words} at={at} as="ago" />
              <span safe>{details.map((detail) => ` · ${detail}`).join("")}</span>
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}
