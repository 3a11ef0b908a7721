import { connect, type TLSSocket } from "node:tls";

/** Where to send what, over TLS. */
export interface RawTarget {
  port: number;
  /** The name in the TLS handshake; not necessarily the one in the request. */
  servername: string;
  ca: string;
}

/** The beginning of an answer, and the connection that it came by. */
export interface RawAnswer {
  status: number;
  head: string;
  socket: TLSSocket;
  /** What has come behind the head. */
  rest: Buffer;
}

/** Sends `text` byte for byte, and reads the head of the answer; status 0 if there is none. */
export function sendRaw({ port, servername, ca }: RawTarget, text: string): Promise<RawAnswer> {
  const { promise, resolve } = Promise.withResolvers<RawAnswer>();
  let bytes = Buffer.alloc(0);
  const socket = connect({ host: "127.0.0.1", port, servername, ca }, () => {
    socket.write(text, "latin1");
  });
  const finish = () => {
    const end = bytes.indexOf("\r\n\r\n");
    const head = bytes.subarray(0, end < 0 ? bytes.length : end).toString("latin1");
    const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1] ?? 0);
    resolve({ status, head, socket, rest: bytes.subarray(end + 4) });
  };
  socket.on("data", (data: Buffer) => {
    bytes = Buffer.concat([bytes, data]);
    if (bytes.includes("\r\n\r\n")) finish();
  });
  socket.on("error", () => {});
  socket.on("close", finish);
  return promise;
}

/** A handshake of a WebSocket, without what a browser adds. */
export const WEBSOCKET = {
  connection: "Upgrade",
  upgrade: "websocket",
  "sec-websocket-version": "13",
  "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
};

/** Sends a short text by WebSocket, and returns the text that comes back. */
export async function echoByWebSocket({ socket, rest }: RawAnswer, text: string): Promise<string> {
  const payload = Buffer.from(text);
  // A final text frame, with a mask of zeros: https://www.rfc-editor.org/rfc/rfc6455#section-5.2
  socket.write(Buffer.from([0x81, 0x80 | payload.length, 0, 0, 0, 0, ...payload]));
  let bytes = rest;
  socket.on("data", (data: Buffer) => {
    bytes = Buffer.concat([bytes, data]);
  });
  while (bytes.length < payload.length + 2) {
    await new Promise<unknown>((resolve) => socket.once("data", resolve));
  }
  socket.destroy();
  return bytes.subarray(2).toString();
}
