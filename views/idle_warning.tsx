import { Html } from "@elysiajs/html";

import { Icon } from "./icon.tsx";
import type { Words } from "./words/words.ts";

/** How long before the end the warning comes, in seconds; at most a fifth of the idle time. */
const WARNING_S = 60;
/** When a screen reader says it once more, in seconds before the end. */
const REMINDER_S = 20;

/**
 * The warning that idling is about to end the session. views/browser/session/idle_message.ts copies it into the
 * messages. `maxAge` is the idle time in seconds.
 */
export function IdleWarning({ words, maxAge }: { words: Words; maxAge: number }) {
  const { idle, formats } = words;
  const before = Math.min(WARNING_S, Math.floor(maxAge / 5));
  // Nobody can read and act within a second.
  if (before < 1) return null;
  return (
    <template
      id="idle_warning"
      data-before={before}
      data-reminder={REMINDER_S}
      data-reminder_text={idle.reminder(formats.duration(REMINDER_S * 1000))}
    >
      <div class="message idle">
        <Icon name="clock" />
        <p>
          <b>{idle.warning(<span role="timer" aria-live="off"></span>) as "safe"}</b>
          <br />
          <span class="muted fine" safe>
            {idle.inactive(formats.duration(roughly(maxAge - before) * 1000))}
          </span>
          <span class="hear"></span>
        </p>
        <button type="button" class="button main small" safe>
          {idle.stay}
        </button>
      </div>
    </template>
  );
}

/** Seconds as people say them: whole hours from two hours on, whole minutes from two minutes on. */
function roughly(seconds: number): number {
  const unit = seconds >= 7200 ? 3600 : seconds >= 120 ? 60 : 1;
  return Math.floor(seconds / unit) * unit;
}
