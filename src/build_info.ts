import { version } from "../package.json";

/** The licence of something that is inside the binary. */
export interface Licence {
  name: string;
  version: string;
  /** An SPDX expression, or words where there is none. */
  licence: string;
  text: string;
}

/** What `bun run build` knows and puts into the binary. */
export interface Build {
  /** The commit that was built, with `-dirty` if files were changed; `unknown` outside a git repository. */
  commit: string;
  /** Which machines it runs on, such as `linux-x64`. */
  target: string;
  licences: Licence[];
}

declare const FOYER_BUILD: Build | undefined;

/** The version of Foyer. */
export const VERSION = version;

/** How this binary was built; `null` when Foyer runs from its source. */
export const BUILD: Build | null = typeof FOYER_BUILD === "undefined" ? null : FOYER_BUILD;
