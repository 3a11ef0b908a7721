import { mkdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { parseArgs } from "node:util";

import { BROWSER_BUNDLES } from "./build_assets.ts";
import { type Build, VERSION } from "./build_info.ts";
import { collectLicences } from "./build_licences.ts";

// `bun run build`: compiles dist/foyer. The same commit and the same Bun make the same bytes, wherever and by whom.

const USAGE = "Usage: bun run build [--target=TARGET] [--outfile=PATH]";
/** What Bun compiles for from any machine; without a target, it compiles for this one. */
const TARGETS = [
  "linux-x64",
  "linux-x64-baseline",
  "linux-x64-musl",
  "linux-x64-baseline-musl",
  "linux-arm64",
  "linux-arm64-musl",
] as const;
type Target = (typeof TARGETS)[number];

const ROOT = join(import.meta.dir, "..");
const MAIN = join(ROOT, "src/main.ts");
const COMMIT_DIGITS = 12;

/** Compiles into `outfile`, and returns what the binary says about itself. */
async function compile(target: Target | null, outfile: string): Promise<Build> {
  const build: Build = {
    commit: readCommit(),
    target: target ?? `${process.platform}-${process.arch}`,
    licences: await collectLicences([
      { entrypoints: [MAIN], target: "bun" },
      { entrypoints: BROWSER_BUNDLES, target: "browser" },
    ]),
  };
  mkdirSync(dirname(outfile), { recursive: true });
  await Bun.build({
    entrypoints: [MAIN],
    root: ROOT,
    target: "bun",
    // For 6 MB more, a start takes a fifth less time.
    bytecode: true,
    format: "esm",
    minify: true,
    // What is imported when it is needed is a file of its own, and not read before.
    splitting: true,
    sourcemap: "linked",
    define: { FOYER_BUILD: JSON.stringify(build) },
    compile: {
      outfile,
      ...(target ? { target: `bun-${target}` as const } : {}),
      // The folder that it is started in brings no settings and no code.
      autoloadDotenv: false,
      autoloadBunfig: false,
    },
  });
  return build;
}

/** The commit of the root, with `-dirty` if something is changed; `unknown` where git knows none. */
function readCommit(): string {
  // The root may lie inside another repository.
  if (git("rev-parse", "--show-prefix") !== "") return "unknown";
  const commit = git("rev-parse", "HEAD")?.slice(0, COMMIT_DIGITS) ?? "unknown";
  return git("status", "--porcelain") === "" ? commit : `${commit}-dirty`;
}

function git(...args: string[]): string | null {
  const { success, stdout } = Bun.spawnSync(["git", "--no-optional-locks", ...args], { cwd: ROOT });
  return success ? stdout.toString().trim() : null;
}

function readTarget(text: string | undefined): Target | null {
  if (text === undefined) return null;
  const target = TARGETS.find((one) => one === text.replace(/^bun-/, ""));
  if (target) return target;
  throw new Error(`The target is one of ${TARGETS.join(", ")}`);
}

function readArguments(): { target: Target | null; outfile: string } {
  try {
    const options = { target: { type: "string" }, outfile: { type: "string" } } as const;
    const { values } = parseArgs({ options });
    const target = readTarget(values.target);
    const name = target ? `dist/foyer-${target}` : "dist/foyer";
    return { target, outfile: values.outfile ?? join(ROOT, name) };
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${USAGE}`);
    process.exit(2);
  }
}

const { target, outfile } = readArguments();
const began = performance.now();
const build = await compile(target, outfile);
const seconds = (performance.now() - began) / 1000;
const bytes = readFileSync(outfile);
console.info(`${relative(process.cwd(), outfile)}: Foyer ${VERSION}, commit ${build.commit}, for ${build.target}, with Bun ${Bun.version}
${(bytes.byteLength / 1e6).toFixed(1)} MB in ${seconds.toFixed(1)} s
SHA-256 ${new Bun.CryptoHasher("sha256").update(bytes).digest("hex")}
Do not strip it: what is left is plain Bun, without Foyer.`);
