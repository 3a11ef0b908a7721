// The server and the commands are loaded apart: half of what is in the binary is for commands only.

async function main(args: string[]): Promise<void> {
  // The database contains addresses: no other user may read its files.
  process.umask(0o077);
  const isServer = args.length === 0 || (args.length === 1 && args[0] === "serve");
  if (isServer) {
    const { serve } = await import("./serve.ts");
    return serve(process);
  }
  const { runProgram } = await import("./program.ts");
  return runProgram(process, args);
}

main(process.argv.slice(2)).catch(async (error: unknown) => {
  const { exitWith } = await import("./exit.ts");
  exitWith(error);
});
