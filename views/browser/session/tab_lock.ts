/** What happens when this tab gets the lock, and when it has lost it or given it up. */
export interface TabLockHolder {
  take(): void;
  lose(): void;
}

/**
 * Lets one tab of the browser hold `name`: the one that was seen last, as a hidden one may be frozen. The
 * others wait for their turn.
 *
 * @see https://w3c.github.io/web-locks/
 */
export function shareLock(name: string, holder: TabLockHolder): void {
  let release = () => {};
  let isHeld = false;
  let waiting = new AbortController();

  async function ask({ steal }: { steal: boolean }): Promise<void> {
    if (isHeld) return;
    waiting.abort();
    waiting = new AbortController();
    let isMine = false;
    const hold = () => {
      isMine = isHeld = true;
      holder.take();
      return new Promise<void>((resolve) => {
        release = resolve;
      });
    };
    try {
      await navigator.locks.request(name, steal ? { steal } : { signal: waiting.signal }, hold);
    } catch {
      // Another tab has taken it over, or this one asks anew.
    }
    if (!isMine) return;
    isHeld = false;
    holder.lose();
    if (!isKept) void ask({ steal: false });
  }

  /** Whether the page is kept for the back button, where it must neither hold the lock nor wait for it. */
  let isKept = false;
  window.addEventListener("pagehide", () => {
    isKept = true;
    waiting.abort();
    release();
  });
  window.addEventListener("pageshow", ({ persisted }) => {
    isKept = false;
    if (persisted) void ask({ steal: !document.hidden });
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) void ask({ steal: true });
  });
  void ask({ steal: !document.hidden });
}
