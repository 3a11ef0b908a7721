import type { BuiltAsset } from "./build_assets.ts";
import { PATHS } from "./paths.ts";

/** One file for browsers, with its body in each encoding. */
export interface Asset {
  type: string;
  bodies: { identity: string; br: Uint8Array<ArrayBuffer>; gzip: Uint8Array<ArrayBuffer> };
}

/** The files for browsers by path; each path contains the hash of the content. */
export interface Assets {
  files: ReadonlyMap<string, Asset>;
  stylesheet: string;
  script: string;
  icon: string;
  /** The script of the page that posts Google's form again. */
  repost: string;
}

/** Gives each built file its path. */
export function createAssets(built: BuiltAsset[]): Assets {
  const files = new Map<string, Asset>();
  const paths = new Map<string, string>();
  for (const { name, extension, type, hash, text, br, gzip } of built) {
    const path = `${PATHS.assets}/${name}.${hash}.${extension}`;
    const bodies = {
      identity: text,
      br: Uint8Array.fromBase64(br),
      gzip: Uint8Array.fromBase64(gzip),
    };
    files.set(path, { type, bodies });
    paths.set(name, path);
  }
  const pathOf = (name: string) => paths.get(name) ?? `${PATHS.assets}/${name}`;
  return {
    files,
    stylesheet: pathOf("style"),
    script: pathOf("app"),
    icon: pathOf("icon"),
    repost: pathOf("repost"),
  };
}
