import type { Cookie, Page } from "puppeteer-core";

import { PATHS } from "../../../src/paths.ts";
import { CERTIFICATE } from "../certificate.ts";
import type { OwnServer } from "../own_server.ts";

/** How a request of a thief differs from the ordinary. */
export interface Sent {
  method?: string;
  headers?: Record<string, string>;
  body?: URLSearchParams;
}

/** Copies every cookie out of a browser, also those that no script can read. */
export async function copyCookies(page: Page): Promise<Cookie[]> {
  return await page.browserContext().cookies();
}

/** A program that has copied cookies, and keeps what it is given. */
export class Thief {
  readonly #origin: string;
  readonly #cookies: Map<string, string>;

  constructor({ origin }: Pick<OwnServer, "origin">, cookies: readonly Cookie[]) {
    this.#origin = origin;
    this.#cookies = new Map(cookies.map(({ name, value }) => [name, value]));
  }

  /** Sends a request as a page of ours would. */
  async send(path: string, { method = "GET", headers = {}, body }: Sent = {}): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const own = { cookie, "sec-fetch-site": "same-origin", "hx-request": "true" };
    const answer = await fetch(this.#origin + path, {
      method,
      headers: { ...own, ...headers },
      redirect: "manual",
      tls: { ca: CERTIFICATE.cert },
      ...(body ? { body } : {}),
    });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value !== "") this.#cookies.set(name, value);
    }
    return answer;
  }

  /** Whether it is taken for the person. */
  async isIn(): Promise<boolean> {
    return (await this.send(PATHS.isAuthenticated)).status === 200;
  }
}
