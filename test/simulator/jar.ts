/** From where a request comes, as the browser sees it. */
export interface RequestOrigin {
  /** Whether a page of another site causes it. */
  isCrossSite: boolean;
  /** Whether it is a navigation of the whole tab that only reads. */
  isTopLevelRead: boolean;
}

interface Cookie {
  value: string;
  expiresAt: number;
  sameSite: string;
}

/** The cookies of one browser (RFC 6265bis): they expire, and obey `SameSite`. */
export class Jar {
  readonly #cookies = new Map<string, Cookie>();

  /** The `Cookie` header of a request. */
  header(now: number, { isCrossSite, isTopLevelRead }: RequestOrigin): string {
    return [...this.#cookies]
      .filter(([, { expiresAt }]) => expiresAt > now)
      .filter(([, { sameSite }]) => {
        if (!isCrossSite || sameSite === "none") return true;
        return sameSite === "lax" && isTopLevelRead;
      })
      .map(([name, { value }]) => `${name}=${value}`)
      .join("; ");
  }

  /** Keeps the cookies of an answer. */
  keep(lines: readonly string[], now: number): void {
    for (const line of lines) {
      const [pair = "", ...attributes] = line.split("; ");
      const name = pair.slice(0, pair.indexOf("="));
      const read = (attribute: string) =>
        attributes.find((one) => one.startsWith(`${attribute}=`))?.slice(attribute.length + 1);
      const maxAge = read("Max-Age");
      const expiresAt =
        maxAge === undefined ? Number.POSITIVE_INFINITY : now + Number(maxAge) * 1000;
      const sameSite = (read("SameSite") ?? "lax").toLowerCase();
      this.#cookies.set(name, { value: pair.slice(name.length + 1), expiresAt, sameSite });
    }
  }

  /** The value of a cookie, as long as it has not expired; `null` if there is none. */
  value(name: string, now: number): string | null {
    const cookie = this.#cookies.get(name);
    return cookie && cookie.expiresAt > now ? cookie.value : null;
  }

  /** Another holder of the same cookies. */
  copy(): Jar {
    const copy = new Jar();
    for (const [name, cookie] of this.#cookies) copy.#cookies.set(name, { ...cookie });
    return copy;
  }
}
