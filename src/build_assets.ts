import { readFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";

/** A built file for browsers; the compressed bodies are in base64. */
export interface BuiltAsset {
  name: string;
  extension: string;
  type: string;
  /** The first 12 hex digits of the SHA-256 of `text`. */
  hash: string;
  text: string;
  br: string;
  gzip: string;
}

const SCRIPT = "text/javascript; charset=utf-8";
const VIEWS = `${import.meta.dir}/../views`;

/** Bundles and compresses the files for browsers. Runs as a macro, so the binary contains the result. */
export function buildAssets(): BuiltAsset[] {
  return [
    describe("app", "js", { type: SCRIPT, text: bundle("browser/main.ts") }),
    describe("repost", "js", { type: SCRIPT, text: bundle("browser/repost.ts") }),
    describe("style", "css", { type: "text/css; charset=utf-8", text: bundle("style.css") }),
    describe("icon", "svg", {
      type: "image/svg+xml",
      text: readFileSync(`${VIEWS}/icon.svg`, "utf8"),
    }),
  ];
}

// `Bun.build` cannot run inside a macro, but `bun build` can.
function bundle(entry: string): string {
  const { success, stdout, stderr } = Bun.spawnSync([
    process.execPath,
    "build",
    "--minify",
    "--target=browser",
    `${VIEWS}/${entry}`,
  ]);
  if (!success) throw new Error(`Cannot bundle ${entry}: ${stderr.toString()}`);
  return stdout.toString();
}

function describe(
  name: string,
  extension: string,
  { type, text }: { type: string; text: string },
): BuiltAsset {
  const hash = new Bun.CryptoHasher("sha256").update(text).digest("hex").slice(0, 12);
  const br = brotliCompressSync(text).toString("base64");
  const gzip = gzipSync(text, { level: 9 }).toString("base64");
  return { name, extension, type, hash, text, br, gzip };
}
