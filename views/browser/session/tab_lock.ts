/** Called when this tab gets the lock, and when it loses or releases it. */
export interface TabLockHolder {
  take(): void;
  lose(): void;
}

/**
 * Lets one tab hold the lock `name`: the tab that was visible last, because a hidden tab may be frozen. The others
 * wait.
 *
 * @see https://w3c.github.io/web-locks/
 */
export function shareLock(name: string, holder: TabLockHolder): void {
  let release = () => {};
  let isHeld = false;
  let waiting = new AbortController();

  async function request({ steal }: { steal: boolean }): Promise<void> {
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
      // Another tab took the lock, or this tab requests it again.
    }
    if (!isMine) return;
    isHeld = false;
    holder.lose();
    if (!isCached) void request({ steal: false });
  }

  /** Whether the page is in the back/forward cache. There it must neither hold the lock nor wait for it. */
  let isCached = false;
  window.addEventListener("pagehide", () => {
    isCached = true;
    waiting.abort();
    release();
  });
  window.addEventListener("pageshow", ({ persisted }) => {
    isCached = false;
    if (persisted) void request({ steal: !document.hidden });
  });
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) void request({ steal: true });
  });
  void request({ steal: !document.hidden });
}
