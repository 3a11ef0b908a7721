import type { Page, Protocol } from "puppeteer-core";

type BindingEvent = Protocol.Network.DeviceBoundSessionEventOccurredEvent;

const PATIENCE_MS = 10_000;

/** What a browser does about its bound sessions, as its developer tools tell. */
export interface BindingWatch {
  /** Everything so far: `created Success`, `refreshed Refreshed`, `ended RefreshFatalError`, `challenged Success`. */
  events: string[];
  /** Waits until `event` has happened `times` times. */
  waitFor(event: string, times?: number): Promise<void>;
  /** The sessions that are bound now, by their ids. */
  bound(): string[];
}

/** Follows the bound sessions of the page's browser context. */
export async function watchBinding(page: Page): Promise<BindingWatch> {
  const session = await page.createCDPSession();
  const events: string[] = [];
  const known = new Set<string>();
  let notice = () => {};
  session.on("Network.deviceBoundSessionsAdded", ({ sessions }) => {
    for (const { key } of sessions) known.add(key.id);
  });
  session.on("Network.deviceBoundSessionEventOccurred", (event) => {
    events.push(describe(event));
    const { sessionId, succeeded, creationEventDetails, terminationEventDetails } = event;
    if (sessionId && creationEventDetails && succeeded) known.add(sessionId);
    if (sessionId && terminationEventDetails) known.delete(sessionId);
    notice();
  });
  await session.send("Network.enable");
  await session.send("Network.enableDeviceBoundSessions", { enable: true });
  return {
    events,
    bound: () => [...known],
    async waitFor(event, times = 1) {
      const tooLate = Bun.sleep(PATIENCE_MS).then(() => {
        throw new Error(`"${event}" did not happen ${times} times, but ${events.join(", ")}`);
      });
      tooLate.catch(() => {});
      while (events.filter((one) => one === event).length < times) {
        const next = new Promise<void>((resolve) => {
          notice = resolve;
        });
        await Promise.race([next, tooLate]);
      }
    },
  };
}

function describe(event: BindingEvent): string {
  const { creationEventDetails: creation, refreshEventDetails: refresh } = event;
  const { terminationEventDetails: end, challengeEventDetails: challenge } = event;
  if (creation) return `created ${creation.fetchResult}`;
  if (refresh) return `refreshed ${refresh.refreshResult}`;
  if (end) return `ended ${end.deletionReason}`;
  return `challenged ${challenge?.challengeResult}`;
}
