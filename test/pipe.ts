import { closeSync, constants, openSync, readSync } from "node:fs";
import { join } from "node:path";

/** A pipe that is read only when a test wants it. */
export interface Pipe {
  /** The descriptor of the end that is written to. */
  writer: number;
  /** Reads what is there. */
  read(): string;
  /** Whoever reads is gone. */
  hangUp(): void;
  /** Somebody else reads. */
  reopen(): void;
  /** Leaves the end that is written to others. */
  closeWriter(): void;
}

let count = 0;

/** Opens a pipe, by a name in `folder`. */
export function openPipe(folder: string): Pipe {
  const path = join(folder, `pipe${(count += 1)}`);
  Bun.spawnSync(["mkfifo", path]);
  const openReader = () => openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  let reader = openReader();
  const writer = openSync(path, constants.O_WRONLY);
  return {
    writer,
    read() {
      let text = "";
      for (let part = readPart(reader); part !== ""; part = readPart(reader)) text += part;
      return text;
    },
    hangUp: () => closeSync(reader),
    reopen() {
      reader = openReader();
    },
    closeWriter: () => closeSync(writer),
  };
}

function readPart(descriptor: number): string {
  const bytes = new Uint8Array(65_536);
  try {
    return Buffer.from(bytes.subarray(0, readSync(descriptor, bytes))).toString();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EAGAIN") return "";
    throw error;
  }
}
