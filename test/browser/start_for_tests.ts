import { afterAll, afterEach, beforeAll, beforeEach } from "bun:test";

/** A server, or anything else that runs until it is stopped. */
interface Running {
  stop(): void | Promise<void>;
}

/** Starts something before the tests of this `describe`, and stops it after them. */
export function startForAll<Started extends Running>(
  start: () => Started | Promise<Started>,
): Started {
  return startBetween({ before: beforeAll, after: afterAll }, start);
}

/** Starts something before each test of this `describe`, and stops it after that test. */
export function startForEach<Started extends Running>(
  start: () => Started | Promise<Started>,
): Started {
  return startBetween({ before: beforeEach, after: afterEach }, start);
}

interface Hooks {
  before(act: () => Promise<void>): void;
  after(act: () => Promise<void>): void;
}

/** Stands for what is started, so that tests need no variable that is empty at first. */
function startBetween<Started extends Running>(
  { before, after }: Hooks,
  start: () => Started | Promise<Started>,
): Started {
  let started: Started | undefined;
  before(async () => {
    started = await start();
  });
  after(async () => {
    await started?.stop();
    started = undefined;
  });
  return new Proxy({} as Started, {
    get(_target, name) {
      if (!started) throw new Error(`${String(name)} is there only while a test runs`);
      return Reflect.get(started, name);
    },
  });
}
