import { type CommandContext, CommandError } from "./command_line.ts";

/** Shows the step that begins. Throws {@linkcode CommandError} once a signal has come. */
export type NextStep = (text: string) => Promise<void>;

/**
 * Does long work in steps, which a terminal shows. A signal ends it between two of them, with the message `interrupted`,
 * so that the work can leave nothing half done.
 */
export function doLongWork<T>(
  { finishing, showProgress }: Pick<CommandContext, "finishing" | "showProgress">,
  interrupted: string,
  work: (nextStep: NextStep) => Promise<T>,
): Promise<T> {
  return finishing((stopped) =>
    work(async (text) => {
      showProgress(text);
      // SQLite's calls stop everything else: a signal that came during one is heard now.
      await new Promise((resolve) => setImmediate(resolve));
      if (stopped.aborted) throw new CommandError(interrupted);
    }),
  ).finally(() => showProgress(""));
}
