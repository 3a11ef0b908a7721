import { readFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";

/** A built file for browsers; its bodies are in base64, compressed ones only where that makes it smaller. */
export interface BuiltAsset {
  name: string;
  extension: string;
  type: string;
  /** The first 12 hex digits of the SHA-256 of the body. */
  hash: string;
  body: string;
  br?: string;
  gzip?: string;
}

const SCRIPT = "text/javascript; charset=utf-8";
const HTMX = `${import.meta.dir}/../node_modules/htmx.org`;
const VIEWS = `${import.meta.dir}/../views`;

/** The entry points of what is bundled for browsers. */
export const BROWSER_BUNDLES = [
  "browser/main.ts",
  "browser/signed_in.ts",
  "browser/repost.ts",
  "style.css",
].map((file) => `${VIEWS}/${file}`);

/** Bundles and compresses the files for browsers. Runs as a macro, so the binary contains the result. */
export function buildAssets(): BuiltAsset[] {
  const read = (file: string) => readFileSync(`${VIEWS}/${file}`);
  return [
    describe("app", "js", { type: SCRIPT, body: bundleBesideHtmx("browser/main.ts") }),
    describe("signed_in", "js", { type: SCRIPT, body: bundle("browser/signed_in.ts") }),
    describe("repost", "js", { type: SCRIPT, body: bundle("browser/repost.ts") }),
    describe("style", "css", { type: "text/css; charset=utf-8", body: bundle("style.css") }),
    describe("icon", "svg", { type: "image/svg+xml", body: read("icon.svg") }),
    describe("phone_icon", "png", { type: "image/png", body: read("icon_180.png") }),
  ];
}

/** htmx's own minified file is 1 % of the bundle smaller than what Bun makes of it, so it stands before ours. */
function bundleBesideHtmx(entry: string): Buffer {
  const imports = /import(?: ?([\w$]+) from)?"htmx\.org";/g;
  const name = (_: string, ours?: string) => (ours ? `var ${ours}=htmx;` : "");
  const script = bundle(entry, "--external=htmx.org").toString().replace(imports, name);
  if (script.includes("htmx.org")) throw new Error(`${entry} imports htmx in another way`);
  return Buffer.concat([readFileSync(`${HTMX}/dist/htmx.min.js`), Buffer.from(`\n${script}`)]);
}

// `Bun.build` cannot run inside a macro, but `bun build` can.
function bundle(entry: string, ...options: string[]): Buffer {
  const { success, stdout, stderr } = Bun.spawnSync([
    process.execPath,
    "build",
    "--minify",
    "--target=browser",
    ...options,
    `${VIEWS}/${entry}`,
  ]);
  if (!success) throw new Error(`Cannot bundle ${entry}: ${stderr.toString()}`);
  return stdout;
}

function describe(
  name: string,
  extension: string,
  { type, body }: { type: string; body: Buffer },
): BuiltAsset {
  const hash = new Bun.CryptoHasher("sha256").update(body).digest("hex").slice(0, 12);
  const file = { name, extension, type, hash, body: body.toString("base64") };
  if (type === "image/png") return file;
  const br = brotliCompressSync(body).toString("base64");
  const gzip = gzipSync(body, { level: 9 }).toString("base64");
  return { ...file, br, gzip };
}
