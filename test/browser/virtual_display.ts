/** A screen that nobody sees. */
export interface VirtualDisplay {
  /** What `DISPLAY` is to be for the programs that use it; they end with it. */
  name: string;
  stop(): Promise<void>;
}

/** Starts Xvfb under a number that is free. */
export async function startVirtualDisplay(): Promise<VirtualDisplay> {
  const child = Bun.spawn(
    ["Xvfb", "-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp"],
    { stdin: "ignore", stdout: "pipe", stderr: "ignore" },
  );
  async function stop(): Promise<void> {
    child.kill();
    await child.exited;
  }
  const number = await readLine(child.stdout);
  if (!number) {
    await stop();
    throw new Error(`Xvfb ended with ${child.exitCode}`);
  }
  return { name: `:${number}`, stop };
}

async function readLine(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<string> {
  let text = "";
  for await (const part of stream.pipeThrough(new TextDecoderStream())) {
    text += part;
    if (text.includes("\n")) break;
  }
  return text.trim();
}
