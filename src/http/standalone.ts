import type { StandaloneParts } from "../../views/standalone_page.tsx";
import type { Assets } from "../assets.ts";
import type { Config } from "../config.ts";

/** What a page of ours brings along that is shown on the origin of another application. */
export interface Standalone extends StandaloneParts {
  /** Its content security policy. */
  policy: string;
}

/** Takes the style sheets, the logo and the icon out of the files for browsers. */
export function createStandalone(
  { files, stylesheet, brandStylesheet, logo, icon }: Assets,
  { origin }: Pick<Config, "origin">,
): Standalone {
  const bytesOf = (path: string | null) => (path === null ? undefined : files.get(path)?.bodies);
  const textOf = (path: string | null) => new TextDecoder().decode(bytesOf(path)?.identity);
  const style = textOf(stylesheet) + textOf(brandStylesheet);
  const hash = new Bun.CryptoHasher("sha256").update(style).digest("base64");
  const inlineImage = (path: string) => {
    const image = files.get(path);
    return image ? `data:${image.type};base64,${image.bodies.identity.toBase64()}` : "data:,";
  };
  return {
    origin,
    style,
    logo: logo && inlineImage(logo),
    icon: inlineImage(icon.path),
    policy: [
      "default-src 'none'",
      `style-src 'sha256-${hash}'`,
      "img-src data:",
      `base-uri ${origin}/`,
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join("; "),
  };
}
