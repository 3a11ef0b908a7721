import type { Behaviour } from "./play.ts";

/** The first line of Google's script here. The binary must not contain it. */
export const BANNER = "/* Foyer's stand-in for Google */";

const CLIENT = `${import.meta.dir}/client`;

const SCRIPTS: Record<string, string> = {
  "/gsi/button.js": "own_pages/button.ts",
  "/gsi/close.js": "own_pages/close.ts",
  "/gsi/form_post.js": "own_pages/form_post.ts",
  "/gsi/prompt.js": "own_pages/prompt.ts",
  "/gsi/response.js": "own_pages/response.ts",
  "/gsi/signed_in.js": "own_pages/signed_in.ts",
};

const STYLES: Record<string, string> = {
  "/gsi/page.css": "own_pages/page.css",
  "/gsi/button.css": "own_pages/button.css",
};

/** A script or stylesheet, built from source for each request, or `null` for an unknown path. */
export async function clientFile(path: string): Promise<Response | null> {
  const styles = Object.hasOwn(STYLES, path) ? STYLES[path] : undefined;
  if (styles) return send("text/css", await Bun.file(`${CLIENT}/${styles}`).text());
  // Google's styles are those of its One Tap card in the page. The stand-in's card needs none.
  if (path === "/gsi/style") return send("text/css", "");
  const entry = Object.hasOwn(SCRIPTS, path) ? SCRIPTS[path] : undefined;
  if (!entry) return null;
  return send("text/javascript", await bundle(entry, "esm"));
}

/** Google's script. Waits while it is held; `popup: "blocked"` disables `window.open` in the page. */
export async function answerClientScript(behaviour: Behaviour): Promise<Response> {
  await behaviour.waitForScript();
  const { script, popup } = behaviour.current();
  if (script === "blocked") return new Response(null, { status: 503 });
  const blocker = popup === "blocked" ? "window.open = () => null;\n" : "";
  return send("text/javascript", `${BANNER}\n${blocker}${await bundle("gsi_client.ts", "iife")}`);
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
