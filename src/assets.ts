import type { BuiltAsset } from "./build_assets.ts";
import type { Brand } from "./config/brand.ts";
import { PATHS } from "./paths.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** One file for browsers, with its body in each encoding that it has. */
export interface Asset {
  type: string;
  bodies: { identity: Bytes; br?: Bytes; gzip?: Bytes };
}

/** The files for browsers by path; each path contains the hash of the content. */
export interface Assets {
  files: ReadonlyMap<string, Asset>;
  stylesheet: string;
  script: string;
  /** What that script loads for signed-in people. */
  signedInScript: string;
  /** The script of the page that posts Google's form again. */
  repost: string;
  /** The operator's color, or `null` if it is the one in the stylesheet. */
  brandStylesheet: string | null;
  /** The operator's logo, or `null`. */
  logo: string | null;
  icon: { path: string; type: string };
  /** For home screens of phones, which take no SVG; `null` with a logo of the operator's. */
  phoneIcon: string | null;
  manifest: string;
}

const encoder = new TextEncoder();

/** Gives each built file its path, and makes the files that the operator's settings decide. */
export function createAssets(built: BuiltAsset[], brand: Brand): Assets {
  const files = new Map<string, Asset>();
  const paths = new Map<string, string>();
  for (const { name, extension, type, hash, body, br, gzip } of built) {
    const bodies: Asset["bodies"] = { identity: Uint8Array.fromBase64(body) };
    if (br) bodies.br = Uint8Array.fromBase64(br);
    if (gzip) bodies.gzip = Uint8Array.fromBase64(gzip);
    const path = `${PATHS.assets}/${name}.${hash}.${extension}`;
    files.set(path, { type, bodies });
    paths.set(name, path);
  }
  const pathOf = (name: string) => paths.get(name) ?? `${PATHS.assets}/${name}`;

  /** Adds a file that was not built. */
  function add(file: string, { type, body }: { type: string; body: string | Bytes }): string {
    const bytes = typeof body === "string" ? encoder.encode(body) : body;
    const hash = new Bun.CryptoHasher("sha256").update(bytes).digest("hex").slice(0, 12);
    const path = `${PATHS.assets}/${file.replace(".", `.${hash}.`)}`;
    files.set(path, { type, bodies: { identity: bytes } });
    return path;
  }

  const extension = brand.logo?.type === "image/png" ? "png" : "svg";
  const logo = brand.logo && add(`logo.${extension}`, brand.logo);
  const icon = logo
    ? { path: logo, type: brand.logo?.type ?? "" }
    : { path: pathOf("icon"), type: "image/svg+xml" };
  const phoneIcon = logo ? null : pathOf("phone_icon");
  const colors = `:root{--brand:${brand.color}}`;
  return {
    files,
    stylesheet: pathOf("style"),
    script: pathOf("app"),
    signedInScript: pathOf("signed_in"),
    repost: pathOf("repost"),
    brandStylesheet: brand.isOwnColor
      ? add("brand.css", { type: "text/css; charset=utf-8", body: colors })
      : null,
    logo,
    icon,
    phoneIcon,
    manifest: add("manifest.webmanifest", {
      type: "application/manifest+json",
      body: JSON.stringify(describeApplication(brand, icon)),
    }),
  };
}

/** @see https://www.w3.org/TR/appmanifest/ */
function describeApplication({ name, color }: Brand, icon: Assets["icon"]) {
  return {
    name,
    short_name: name,
    start_url: PATHS.page,
    display: "browser",
    theme_color: color,
    icons: [{ src: icon.path, sizes: "any", type: icon.type }],
  };
}
