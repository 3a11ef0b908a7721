import { Database } from "bun:sqlite";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { Licence } from "./build_info.ts";

const ROOT = join(import.meta.dir, "..");
const MODULES = join(ROOT, "node_modules");

/** A licence text for packages that name the licence and do not bring it. */
const STANDARD_TEXTS: Record<string, string> = { "Apache-2.0": "typescript/LICENSE.txt" };

interface BundleOptions {
  entrypoints: string[];
  target: "browser" | "bun";
}

/** The licences of Foyer, Bun, SQLite, and every package of which code is in one of the bundles. Throws without one. */
export async function collectLicences(bundles: BundleOptions[]): Promise<Licence[]> {
  const packages = new Set<string>();
  for (const options of bundles) {
    for (const path of await listInputs(options)) {
      const [, folder] = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path) ?? [];
      if (folder !== undefined) packages.add(folder);
    }
  }
  const licences = [...packages].toSorted().map((folder) => readLicence(join(ROOT, folder)));
  return [readLicence(ROOT), ...describeBun(), ...licences];
}

/** The files of which code is in the bundle, as paths from the root. */
async function listInputs(options: BundleOptions): Promise<string[]> {
  const { metafile } = await Bun.build({ ...options, root: ROOT, minify: true, metafile: true });
  return Object.values(metafile?.outputs ?? {})
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([path]) => path);
}

function readLicence(folder: string): Licence {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const files = readdirSync(folder)
    .filter((file) => /^(?:licen[cs]e|copying|notice)(?:\.\w+)?$/i.test(file))
    .toSorted();
  const standard = STANDARD_TEXTS[license];
  const paths =
    files.length > 0 || !standard
      ? files.map((file) => join(folder, file))
      : [join(MODULES, standard)];
  if (typeof license !== "string" || paths.length === 0) {
    throw new Error(`${name} is in the bundle, but its licence is unknown`);
  }
  const text = paths.map((path) => readFileSync(path, "utf8").trim()).join("\n\n");
  return { name, version, licence: license, text: text.replaceAll("\r", "") };
}

function describeBun(): Licence[] {
  const document = readFileSync(join(MODULES, "bun-types/docs/project/license.mdx"), "utf8");
  using database = new Database(":memory:");
  const sqlite = database
    .query<{ version: string }, []>("select sqlite_version() as version")
    .get();
  return [
    {
      name: "Bun",
      version: Bun.version,
      licence: "MIT, with parts under LGPL-2 and other licences",
      text: document.replace(/^---\n.*?\n---\n/s, "").trim(),
    },
    {
      name: "SQLite",
      version: sqlite?.version ?? "",
      licence: "blessing",
      text: "In the public domain: https://sqlite.org/copyright.html",
    },
  ];
}
