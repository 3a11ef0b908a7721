import { createReaderCheck } from "./output_reader.ts";

/** How a command talks with whoever runs it. */
export interface Terminal {
  /** Prints a line of the command's output. */
  print: (line: string) => void;
  /** Shows how far long work is, on a terminal only; the next call takes its place, and `""` clears it. */
  showProgress: (text: string) => void;
  /** Prints a line, and waits while the reader is slow. Rejects with {@linkcode OutputClosedError}. */
  writeLine: (line: string) => Promise<void>;
  /** Asks a question, and returns the answer; `null` if there is no terminal. */
  ask: (question: string) => Promise<string | null>;
  /** From now on a signal does not end the process: it aborts this, and so does a reader that goes away. */
  untilStopped: () => AbortSignal;
  /** While `act` runs, a signal does not end the process: it aborts what `act` gets, so that nothing is left half done. */
  finishing: <T>(act: (stopped: AbortSignal) => Promise<T>) => Promise<T>;
}

/** Nobody reads the output any more, as after `| head`, or a signal came while a line waited for its reader. */
export class OutputClosedError extends Error {
  override readonly name = "OutputClosedError";
}

const SIGNALS = ["SIGINT", "SIGTERM"];
const LOOK_EVERY_MS = 1000;

/** Creates the terminal of a process. Its streams are opened when they are needed: each takes 2 to 5 ms. */
export function createTerminal(host: NodeJS.Process): Terminal {
  const stopped = new AbortController();
  let isListening = false;
  let isClosed = false;
  let wake = () => {};

  function close(): void {
    isClosed = true;
    stopped.abort();
    wake();
  }

  function listen(): void {
    if (isListening) return;
    isListening = true;
    host.stdout.on("drain", () => wake());
    host.stdout.on("error", close);
  }

  return {
    print: console.info,

    showProgress(text) {
      const { stderr } = host;
      if (stderr.isTTY) stderr.write(`\r\u001b[K${text}`);
    },

    async writeLine(line) {
      listen();
      if (!isClosed && !host.stdout.write(`${line}\n`)) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      if (isClosed || stopped.signal.aborted) throw new OutputClosedError();
    },

    async ask(question) {
      const { stdin, stderr } = host;
      if (!stdin.isTTY || !stderr.isTTY) return null;
      const { createInterface } = await import("node:readline");
      const reader = createInterface({ input: stdin, output: stderr });
      return await new Promise((resolve) => {
        // Ctrl+C and Ctrl+D are no answer.
        reader.on("close", () => resolve(""));
        reader.question(question, (answer) => {
          resolve(answer);
          reader.close();
        });
      });
    },

    untilStopped() {
      listen();
      const stop = () => {
        stopped.abort();
        // The reader may be so slow that a line waits for it.
        wake();
      };
      for (const signal of SIGNALS) host.on(signal, stop);
      const hasReader = createReaderCheck();
      const watch = setInterval(() => {
        if (!hasReader()) close();
      }, LOOK_EVERY_MS);
      stopped.signal.addEventListener("abort", () => clearInterval(watch));
      return stopped.signal;
    },

    async finishing(act) {
      const interruption = new AbortController();
      const stop = () => interruption.abort();
      for (const signal of SIGNALS) host.on(signal, stop);
      try {
        return await act(interruption.signal);
      } finally {
        for (const signal of SIGNALS) host.off(signal, stop);
      }
    },
  };
}
