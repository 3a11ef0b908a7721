/** Connections that ask for something so slowly, or read so slowly, that they may hold others up. */
export interface SlowClients {
  /** How many of those that read the server has not ended yet; the others do not notice. */
  open(): number;
  close(): void;
}

/** A byte every second keeps a connection busy. */
const DRIP_MS = 1000;

const HEAD = "POST /auth/login HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\n";
const TYPE = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 5000\r\n\r\n";
const PAGE = "GET /spa HTTP/1.1\r\nHost: localhost\r\n\r\n";

/** What each kind sends at once, and whether it then drips. */
const KINDS: { sends: string; drips: boolean; reads: boolean }[] = [
  { sends: "", drips: false, reads: true },
  { sends: HEAD, drips: false, reads: true },
  { sends: HEAD, drips: true, reads: true },
  { sends: HEAD + TYPE, drips: false, reads: true },
  { sends: HEAD + TYPE, drips: true, reads: true },
  { sends: PAGE, drips: false, reads: true },
  { sends: PAGE.repeat(40), drips: false, reads: false },
];

/** Opens `count` slow connections of every kind. */
export async function openSlowClients(
  { port }: { port: number },
  count: number,
): Promise<SlowClients> {
  const all = new Set<Bun.Socket<undefined>>();
  const open = new Set<Bun.Socket<undefined>>();
  const dripping = new Set<Bun.Socket<undefined>>();
  const forget = (socket: Bun.Socket<undefined>) => {
    all.delete(socket);
    open.delete(socket);
    dripping.delete(socket);
  };
  for (let index = 0; index < count; index += 1) {
    const { sends, drips, reads } = KINDS[index % KINDS.length] as (typeof KINDS)[number];
    const socket = await Bun.connect({
      hostname: "localhost",
      port,
      socket: { data() {}, close: forget, error: forget },
    });
    all.add(socket);
    if (reads) open.add(socket);
    if (drips) dripping.add(socket);
    if (!reads) socket.pause();
    socket.write(sends);
    socket.flush();
  }
  const timer = setInterval(() => {
    for (const socket of dripping) socket.write("x");
  }, DRIP_MS);
  return {
    open: () => open.size,
    close() {
      clearInterval(timer);
      for (const socket of [...all]) socket.terminate();
    },
  };
}
