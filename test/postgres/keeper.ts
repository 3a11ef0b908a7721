/** A process that outlives its server, and clears up behind it. */
export interface Keeper {
  /** Tells it which process is to be ended, if one runs now. */
  watch(pid: number | null): void;
  /** Ends that process and those that it has started, and removes the folder. */
  clearUp(): Promise<void>;
}

/**
 * Reads process ids until its input ends, which it does when the test file or the test process
 * ends, however it ends: `bun test` calls nobody then. A frozen process must thaw to hear SIGQUIT,
 * on which PostgreSQL leaves no shared memory behind.
 */
const SCRIPT = `
trap '' TERM
while read -r line; do pid=$line; done
if [ -n "$pid" ]; then
  kill -CONT "$pid"; pkill -CONT -P "$pid"; kill -QUIT "$pid"
  for try in $(seq 100); do
    [ -e "$1/data/postmaster.pid" ] || break
    sleep 0.05
  done
fi
rm -rf "$1"
`;

/** Starts the keeper of `folder`. */
export function startKeeper(folder: string): Keeper {
  const keeper = Bun.spawn(["sh", "-c", SCRIPT, "keeper", folder], {
    stdin: "pipe",
    stdout: "ignore",
    stderr: "ignore",
    // A group of its own, so that no Ctrl-C reaches it.
    detached: true,
  });
  keeper.unref();
  return {
    watch(pid) {
      keeper.stdin.write(`${pid ?? ""}\n`);
      void keeper.stdin.flush();
    },
    async clearUp() {
      await keeper.stdin.end();
      await keeper.exited;
    },
  };
}
