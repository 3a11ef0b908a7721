import { dlopen } from "bun:ffi";

const STDOUT = 1;
const C_LIBRARIES = ["libc.so.6", "libc.musl-x86_64.so.1", "libc.musl-aarch64.so.1"];
const POLL = { poll: { args: ["ptr", "u64", "i32"], returns: "i32" } } as const;
/** `POLLERR`, `POLLHUP` and `POLLNVAL`, in the upper half of the word that holds what was asked and what is. */
const GONE = (0x08 | 0x10 | 0x20) << 16;

/**
 * Creates what says whether somebody can still read standard output. Bun tells it only with the next write, and a
 * program in a pipe may have nothing to write for hours. Without a known C library it says that somebody can.
 *
 * @see https://man7.org/linux/man-pages/man2/poll.2.html
 */
export function createReaderCheck(): () => boolean {
  const poll = loadPoll();
  if (!poll) return () => true;
  return () => {
    const entry = new Int32Array([STDOUT, 0]);
    poll(entry, 1, 0);
    return ((entry[1] ?? 0) & GONE) === 0;
  };
}

function loadPoll() {
  for (const library of C_LIBRARIES) {
    try {
      return dlopen(library, POLL).symbols.poll;
    } catch {
      // The next one.
    }
  }
  return null;
}
