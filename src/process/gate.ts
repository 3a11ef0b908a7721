/** Answers requests. */
export type Handle = (request: Request) => Response | Promise<Response>;

/** What requests pass while the server runs and while it shuts down. */
export interface Gate {
  guard(answer: Handle): Handle;
  isClosing(): boolean;
  /** From now on each answer says that its connection closes. */
  close(): void;
  /** Lets requests wait. The returned function lets them go on. */
  hold(): () => void;
}

/** Creates an open gate. */
export function createGate(): Gate {
  let isClosing = false;
  let held: Promise<void> | null = null;

  /** A client that is not told may send its next request into a connection that closes. */
  function sayIfClosing(response: Response): Response {
    if (isClosing) response.headers.set("Connection", "close");
    return response;
  }

  return {
    guard: (answer) => (request) => {
      const response = held ? held.then(() => answer(request)) : answer(request);
      return response instanceof Promise ? response.then(sayIfClosing) : sayIfClosing(response);
    },
    isClosing: () => isClosing,
    close: () => void (isClosing = true),
    hold() {
      const { promise, resolve } = Promise.withResolvers<void>();
      held = promise;
      return resolve;
    },
  };
}
