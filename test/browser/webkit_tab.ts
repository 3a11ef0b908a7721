import { lookFor, type Tab } from "./engine.ts";
import { elementPath, type WebDriverSession } from "./webdriver.ts";

/** The tabs of a session, and what their pages complained about. */
export interface OpenedTabs {
  first: Tab;
  openTab(): Promise<Tab>;
  complaints: string[];
}

/** What a look at a page brings. */
interface Look<Answer> {
  answer: Answer;
  complaints: string[];
}

/**
 * The tab that `session` begins with, and more. A session has one current window, so what is done in
 * several tabs is done one after the other.
 */
export async function openedTabs(session: WebDriverSession): Promise<OpenedTabs> {
  const complaints: string[] = [];
  let current = await session.get<string>("/window");

  function tabOf(handle: string): Tab {
    async function show(): Promise<void> {
      await session.post("/window", { handle });
      current = handle;
    }

    async function evaluate<Argument, Answer>(
      act: (argument: Argument) => Answer,
      argument?: Argument,
    ): Promise<Awaited<Answer>> {
      if (current !== handle) await show();
      const script = `return (${lookAtPage})(${act}, arguments[0])`;
      const look = await session.execute<Look<Awaited<Answer>>>(script, [argument]);
      complaints.push(...look.complaints);
      return look.answer;
    }

    async function click(selector: string): Promise<void> {
      if (current !== handle) await show();
      await lookFor(async () => {
        await session.post(`${elementPath(await session.find(selector))}/click`);
        return true;
      }, `${selector} cannot be clicked`);
    }

    /** Leaves the page by `command`, and waits for the next one. */
    async function leave(command: string, body?: object): Promise<void> {
      await evaluate(() => {
        Object.assign(window, { isLeft: true });
      });
      await session.post(command, body);
      let state = "";
      await lookFor(
        async () => {
          state = await evaluate(() => ("isLeft" in window ? "the old page" : document.readyState));
          return state === "complete";
        },
        () => `${command} has brought no page: ${state}`,
      );
    }

    return {
      open: (address) => leave("/url", { url: address }),
      reload: () => leave("/refresh"),
      show,
      evaluate,
      click,
      async clickInFrame(selector, frame) {
        await show();
        await session.post("/frame", { id: await session.find(frame) });
        try {
          await click(selector);
        } finally {
          await session.post("/frame", { id: null });
        }
      },
      async popup(act) {
        const before = await session.get<string[]>("/window/handles");
        await act();
        const opened = await lookFor(async () => {
          const handles = await session.get<string[]>("/window/handles");
          return handles.find((one) => !before.includes(one));
        }, "No window has opened");
        return tabOf(opened);
      },
      isClosed: async () => !(await session.get<string[]>("/window/handles")).includes(handle),
    };
  }

  const first = tabOf(current);
  return {
    first,
    openTab: () =>
      // A tab of the driver's own making stays hidden, whatever is done.
      first.popup(() =>
        first.evaluate(() => {
          open("about:blank", "_blank", "popup,noopener,width=1024,height=768");
        }),
      ),
    complaints,
  };
}

/**
 * Runs `act` in the page. The first look at a page begins to note its complaints, as the driver tells of
 * none: what was said before that is missed.
 */
async function lookAtPage<Argument, Answer>(
  act: (argument: Argument) => Answer,
  argument: Argument,
): Promise<Look<Awaited<Answer>>> {
  const page = window as Window & { complaints?: string[] };
  if (!page.complaints) {
    const noted: string[] = [];
    page.complaints = noted;
    for (const type of ["error", "warn"] as const) {
      const write = console[type];
      console[type] = (...words: unknown[]) => {
        noted.push(`${type}: ${words.map(String).join(" ")}`);
        write.apply(console, words);
      };
    }
    window.addEventListener("error", ({ message }) => noted.push(`uncaught: ${message}`));
    window.addEventListener("unhandledrejection", ({ reason }) =>
      noted.push(`uncaught: ${reason}`),
    );
    document.addEventListener("securitypolicyviolation", (violation) => {
      noted.push(`CSP: ${violation.violatedDirective} refused ${violation.blockedURI}`);
    });
  }
  const answer = await act(argument);
  return { answer, complaints: page.complaints.splice(0) };
}
