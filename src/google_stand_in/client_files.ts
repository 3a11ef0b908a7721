/** The first words of the script, which no binary may hold. */
export const BANNER = "/* Foyer's stand-in for Google */";

const CLIENT = `${import.meta.dir}/client`;

const SCRIPTS: Record<string, string> = {
  "/gsi/client": "gsi_client.ts",
  "/gsi/button.js": "button.ts",
  "/gsi/form_post.js": "form_post.ts",
  "/gsi/prompt.js": "prompt.ts",
  "/gsi/response.js": "response.ts",
  "/gsi/signed_in.js": "signed_in.ts",
};

/** A file that browsers load from the stand-in, made from its source at this moment, or `null`. */
export async function clientFile(path: string): Promise<Response | null> {
  if (path === "/gsi/page.css")
    return send("text/css", await Bun.file(`${CLIENT}/page.css`).text());
  if (path === "/gsi/style") return send("text/css", ".S9gUrf-YoZ4jf{display:inline-block}");
  const entry = Object.hasOwn(SCRIPTS, path) ? SCRIPTS[path] : undefined;
  if (!entry) return null;
  if (path !== "/gsi/client") return send("text/javascript", await bundle(entry, "esm"));
  return send("text/javascript", `${BANNER}\n${await bundle(entry, "iife")}`);
}

function send(type: string, text: string): Response {
  const headers = { "Content-Type": `${type}; charset=utf-8`, "Cache-Control": "no-cache" };
  return new Response(text, { headers });
}

async function bundle(entry: string, format: "iife" | "esm"): Promise<string> {
  const { outputs } = await Bun.build({
    entrypoints: [`${CLIENT}/${entry}`],
    target: "browser",
    format,
  });
  return (await outputs[0]?.text()) ?? "";
}
