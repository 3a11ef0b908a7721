const NO_ADDRESS = "this name has no address here; set HOST=127.0.0.1";

/** What the operator can do, by the system's code. */
const REASONS: Record<string, string> = {
  EADDRINUSE: "the port is taken; set PORT to another",
  EACCES: "this port needs more rights; set PORT to another",
  EAGAIN: NO_ADDRESS,
  ENOTFOUND: NO_ADDRESS,
  EADDRNOTAVAIL: "this machine has no such address; set HOST to another",
};

/** The place to listen at cannot be had; the message says why, for the operator. */
export class ListenError extends Error {
  override readonly name = "ListenError";

  constructor({ host, port, cause }: { host: string; port: number; cause: unknown }) {
    const code = (cause as NodeJS.ErrnoException).code ?? String(cause);
    const reason = REASONS[code] ?? code;
    super(`Foyer cannot listen on ${host}:${port}: ${reason}`, { cause });
  }
}
