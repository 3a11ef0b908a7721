import { Html } from "@elysiajs/html";

import { Icon, type IconName } from "../icon.tsx";
import { Time } from "../time.tsx";

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

/** How many events are shown at first. */
const SHOWN = 4;

/** What happened to a person's account, newest first. The rest opens by "Show all". */
export function Activity({ events }: { events: ActivityRow[] }) {
  if (events.length === 0) return <p>No activity in the last 30 days</p>;
  const rest = events.slice(SHOWN);
  return (
    <>
      <ActivityRows events={events.slice(0, SHOWN)} />
      {rest.length > 0 ? (
        <details>
          <summary safe>{`Show all ${events.length}`}</summary>
          <ActivityRows events={rest} />
        </details>
      ) : null}
    </>
  );
}

function ActivityRows({ events }: { events: ActivityRow[] }) {
  return (
    <ul class="rows">
      {events.map(({ at, title, icon, isAlarming, details }) => (
        <li>
          <Icon name={icon} size={1.5} />
          <div>
            <b safe>{title}</b>
            {isAlarming ? <span class="badge bad">Check</span> : null}
            <p class="muted fine">
              <Time at={at} as="ago" />
              <span safe>{details.map((detail) => ` · ${detail}`).join("")}</span>
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}
