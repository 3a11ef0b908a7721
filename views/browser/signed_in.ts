import { announceLists } from "./page/announce.ts";
import { answeredPart, NAVBAR } from "./page/parts.ts";
import { reportActivity } from "./session/activity.ts";
import { readIdleTime } from "./session/idle_time.ts";
import { IdleWarning } from "./session/idle_warning.ts";
import { followLoginStatus } from "./session/login_status.ts";
import type { Shell } from "./session/shell.ts";

/**
 * Starts what only signed-in people need: the event stream, reports of activity, the warning before idling ends the
 * session, announcements of lists. `response` is the navigation bar's answer, if it came just now.
 */
export function followSession(shell: Shell, response: Pick<Response, "headers"> | null): void {
  const warning = new IdleWarning(shell);
  if (response) warning.follow(readIdleTime(response));
  document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
    if (ctx.response && answeredPart(ctx) === NAVBAR) warning.follow(readIdleTime(ctx.response));
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) warning.askIfDue();
  });
  announceLists();
  reportActivity(warning);
  followLoginStatus({ shell, lead: (isLeading) => warning.lead(isLeading) });
}
