/** How a session's commands are sent; what is found is named by a WebDriver reference. */
export interface WebDriverSession {
  get<Answer>(path: string): Promise<Answer>;
  post<Answer>(path: string, body?: object): Promise<Answer>;
  /** Waits for nothing: throws if there is no such element now. */
  find(selector: string): Promise<ElementReference>;
  /** The body of a function, run in the page; a promise is waited for. */
  execute<Answer>(script: string, args: unknown[]): Promise<Answer>;
  end(): Promise<void>;
}

/** How long a command may take, in milliseconds. */
const PATIENCE_MS = 10_000;

/** @see https://www.w3.org/TR/webdriver2/#elements */
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

/** An element of the page, as WebDriver sends it. */
export type ElementReference = Record<typeof ELEMENT, string>;

/**
 * Begins a session with the WebDriver at `driver`, which is plain JSON over HTTP; throws if its browser has
 * not started within `patienceMs`.
 *
 * @see https://www.w3.org/TR/webdriver2/
 */
export async function beginSession(
  driver: string,
  { capabilities, patienceMs }: { capabilities: object; patienceMs: number },
): Promise<WebDriverSession> {
  const { sessionId } = await send<{ sessionId: string }>(`${driver}/session`, {
    method: "POST",
    body: { capabilities: { alwaysMatch: capabilities } },
    patienceMs,
  });
  const session = `${driver}/session/${sessionId}`;
  const post = <Answer>(path: string, body: object = {}) =>
    send<Answer>(session + path, { method: "POST", body });
  return {
    get: (path) => send(session + path, { method: "GET" }),
    post,
    find: (selector) => post("/element", { using: "css selector", value: selector }),
    execute: (script, args) => post("/execute/sync", { script, args }),
    end: () => send(session, { method: "DELETE" }),
  };
}

/** The path of an element's own commands. */
export function elementPath({ [ELEMENT]: id }: ElementReference): string {
  return `/element/${id}`;
}

async function send<Answer>(
  url: string,
  {
    method,
    body,
    patienceMs = PATIENCE_MS,
  }: { method: string; body?: object; patienceMs?: number },
): Promise<Answer> {
  const answer = await fetch(url, {
    method,
    ...(body ? { body: JSON.stringify(body) } : {}),
    signal: AbortSignal.timeout(patienceMs),
  });
  const { value } = (await answer.json()) as { value: Answer };
  if (answer.ok) return value;
  const { error, message } = value as { error: string; message: string };
  throw new Error(`${method} ${new URL(url).pathname}: ${error} ${message}`);
}
