import type { GoogleStandIn } from "../src/google_stand_in/server.ts";
import type { Send } from "./fetch_from.ts";
import { ADA, CLIENT_ID } from "./fixture.ts";

/** A browser as a server elsewhere sees one, over real HTTP. */
export class RemoteVisitor {
  readonly #origin: string;
  readonly #send: Send;
  readonly cookies = new Map<string, string>();

  constructor(origin: string, send: Send = fetch) {
    this.#origin = origin;
    this.#send = send;
  }

  async get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    return this.#keep(
      await this.#send(this.#origin + path, { headers: { ...this.#cookie(), ...headers } }),
    );
  }

  /** Asks for a fragment, as htmx does. */
  fragment(path: string): Promise<Response> {
    return this.get(path, { "hx-request": "true" });
  }

  async post(
    path: string,
    fields: Record<string, string> = {},
    more: Record<string, string> = {},
  ): Promise<Response> {
    const headers = { "sec-fetch-site": "same-origin", ...this.#cookie(), ...more };
    const body = new URLSearchParams(fields);
    return this.#keep(await this.#send(this.#origin + path, { method: "POST", headers, body }));
  }

  /** A token of Google's for `person`, with the nonce of a fresh navigation bar. */
  async credential(google: GoogleStandIn, person = ADA): Promise<string> {
    const navbar = await (await this.fragment("/auth/auth_navbar")).text();
    const nonce = /data-nonce="([^"]+)"/.exec(navbar)?.[1] ?? "";
    return google.issueToken({ person, clientId: CLIENT_ID, nonce });
  }

  /** Sends an act from a page of this browser's session. */
  async act(method: string, path: string): Promise<Response> {
    const navbar = await (await this.fragment("/auth/auth_navbar")).text();
    const session = /data-session="([^"]*)"/.exec(navbar)?.[1] ?? "";
    const headers = { "sec-fetch-site": "same-origin", "x-signed-in-as": session };
    return this.#keep(
      await this.#send(this.#origin + path, {
        method,
        headers: { ...headers, ...this.#cookie() },
      }),
    );
  }

  /** Signs a person in, and returns the name that the server gives them. */
  async signIn(google: GoogleStandIn, person = ADA): Promise<string> {
    const credential = await this.credential(google, person);
    const answer = await (await this.post("/auth/login", { credential })).json();
    return (answer as { Authenticated_as: string }).Authenticated_as;
  }

  /** Sends a request as it stands, and returns all that comes back until the server closes. */
  async sendRaw(text: string): Promise<string> {
    const { hostname, port } = new URL(this.#origin);
    const { promise, resolve } = Promise.withResolvers<string>();
    let answer = "";
    await Bun.connect({
      hostname,
      port: Number(port),
      socket: {
        open: (socket) => void socket.write(text),
        data: (_socket, data) => {
          answer += data.toString();
        },
        close: () => resolve(answer),
      },
    });
    return promise;
  }

  /** Begins a form post whose body is still to come, once the server has seen its beginning. */
  async openRequest(path: string, body: string) {
    const { hostname, port } = new URL(this.#origin);
    const { promise: answer, resolve } = Promise.withResolvers<string>();
    let text = "";
    const socket = await Bun.connect({
      hostname,
      port: Number(port),
      socket: {
        data(_socket, data) {
          text += data.toString();
          if (text.includes("\r\n\r\n")) resolve(text);
        },
        close: () => resolve(text),
      },
    });
    const type = "Content-Type: application/x-www-form-urlencoded\r\nSec-Fetch-Site: same-origin";
    const head = `POST ${path} HTTP/1.1\r\nHost: ${hostname}:${port}\r\n${type}\r\n`;
    socket.write(`${head}Content-Length: ${body.length}\r\n\r\n`);
    socket.flush();
    await this.get("/healthz");
    return { socket, answer };
  }

  /** Another holder of the same cookies. */
  clone(): RemoteVisitor {
    const other = new RemoteVisitor(this.#origin, this.#send);
    for (const [name, value] of this.cookies) other.cookies.set(name, value);
    return other;
  }

  #cookie(): Record<string, string> {
    return { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ") };
  }

  #keep(response: Response): Response {
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      this.cookies.set(name, value);
    }
    return response;
  }
}
