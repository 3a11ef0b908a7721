/** The place to listen at cannot be had; the message says why, for the operator. */
export class ListenError extends Error {
  override readonly name = "ListenError";

  constructor({ host, port, cause }: { host: string; port: number; cause: unknown }) {
    const code = (cause as NodeJS.ErrnoException).code ?? String(cause);
    const reason = code === "EADDRINUSE" ? "the port is taken; set PORT to another" : code;
    super(`Foyer cannot listen on ${host}:${port}: ${reason}`, { cause });
  }
}
