/** A browser without script that shows a page as text. */
export interface TextBrowser {
  name: string;
  isInstalled: boolean;
  /** Debian's packages with it. */
  packages: string[];
  /** What a person reads at an address. */
  read(address: string): Promise<string>;
}

function textBrowser(name: string, options: string[]): TextBrowser {
  const path = Bun.which(name);
  return {
    name,
    isInstalled: path !== null,
    packages: [name],
    async read(address) {
      const command = [path ?? name, ...options, address];
      const env = { PATH: process.env.PATH ?? "", HOME: "/nonexistent", LANG: "C.UTF-8" };
      const { stdout, stderr, exited } = Bun.spawn(command, {
        env,
        stdin: "ignore",
        stdout: "pipe",
        stderr: "pipe",
      });
      const [text, complaint] = await Promise.all(
        [stdout, stderr].map((stream) => new Response(stream).text()),
      );
      await exited;
      if (!text?.trim()) throw new Error(`${command.join(" ")} shows nothing: ${complaint}`);
      return text.replace(/\s+/g, " ");
    },
  };
}

/** The text browsers that people use most. */
export const TEXT_BROWSERS: readonly TextBrowser[] = [
  textBrowser("w3m", ["-dump"]),
  textBrowser("lynx", ["-dump"]),
];
