/** What came back over one connection. */
export interface Conversation {
  /** The status of each answer, in order. */
  statuses: number[];
  text: string;
  /** Whether the server had ended the connection before we did. */
  isEnded: boolean;
  /** From the last byte that was sent to the end, in milliseconds. */
  ms: number;
}

/** How long we wait in silence before we end our side, in milliseconds. */
const QUIET_MS = 40;
/** How long a server may take to end a connection that we have ended, in milliseconds. */
export const PATIENCE_MS = 5000;

/** Sends `chunks` as they are, byte for byte, and reads until the connection is over. `half`: we end our side at once. */
export async function converse(
  { hostname = "localhost", port }: { hostname?: string; port: number },
  { chunks, half }: { chunks: string[]; half: boolean },
): Promise<Conversation> {
  const over = Promise.withResolvers<void>();
  let text = "";
  let heardAt = performance.now();
  let isOver = false;
  const end = () => {
    isOver = true;
    over.resolve();
  };
  const socket = await Bun.connect({
    hostname,
    port,
    allowHalfOpen: true,
    socket: {
      data(_socket, data) {
        heardAt = performance.now();
        text += data.toString("latin1");
      },
      end,
      close: end,
      error: end,
    },
  });
  for (const chunk of chunks) {
    if (isOver) break;
    await write(socket, Buffer.from(chunk, "latin1"));
  }
  const sentAt = performance.now();
  if (half) socket.shutdown();
  while (!isOver && !half && performance.now() - Math.max(heardAt, sentAt) < QUIET_MS) {
    await Promise.race([over.promise, Bun.sleep(QUIET_MS / 4)]);
  }
  const isEnded = isOver;
  if (!isOver && !half) socket.shutdown();
  const patience = Bun.sleep(isOver ? 0 : PATIENCE_MS);
  await Promise.race([over.promise, patience]);
  socket.terminate();
  const statuses = [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
  return { statuses, text, isEnded, ms: performance.now() - sentAt };
}

/** Writes all of `bytes`, as fast as the other side reads. */
async function write(socket: Bun.Socket<undefined>, bytes: Buffer): Promise<void> {
  let sent = 0;
  for (let tries = 0; sent < bytes.length && tries < 100; tries += 1) {
    const count = socket.write(bytes.subarray(sent));
    if (count < 0) return;
    sent += count;
    socket.flush();
    if (sent < bytes.length) await Bun.sleep(1);
  }
  // Another turn, so that each chunk is a packet of its own.
  await new Promise((resolve) => setImmediate(resolve));
}
