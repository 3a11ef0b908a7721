/** The first words of the script, which no binary may hold. */
export const BANNER = "/* Foyer's stand-in for Google */";

const CLIENT = `${import.meta.dir}/client`;

const MODULES = {
  "/gsi/button.js": "button.ts",
  "/gsi/prompt.js": "prompt.ts",
  "/gsi/response.js": "response.ts",
};

/** Everything that browsers load from the stand-in: paths to texts. */
export async function buildClientFiles(): Promise<Map<string, { type: string; text: string }>> {
  const type = "text/javascript; charset=utf-8";
  const files = new Map<string, { type: string; text: string }>();
  const client = await bundle("gsi_client.ts", "iife");
  files.set("/gsi/client", { type, text: `${BANNER}\n${client}` });
  for (const [path, entry] of Object.entries(MODULES)) {
    files.set(path, { type, text: await bundle(entry, "esm") });
  }
  const css = "text/css; charset=utf-8";
  files.set("/gsi/page.css", { type: css, text: await Bun.file(`${CLIENT}/page.css`).text() });
  files.set("/gsi/style", { type: css, text: ".S9gUrf-YoZ4jf{display:inline-block}" });
  return files;
}

async function bundle(entry: string, format: "iife" | "esm"): Promise<string> {
  const { outputs } = await Bun.build({
    entrypoints: [`${CLIENT}/${entry}`],
    target: "browser",
    format,
  });
  return (await outputs[0]?.text()) ?? "";
}
