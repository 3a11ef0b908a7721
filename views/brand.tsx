import { Html } from "@elysiajs/html";

import { PATHS } from "../src/paths.ts";

/** Whose application it is, as far as every page shows it. */
export interface BrandProps {
  name: string;
  /** The address of the operator's logo, or `null` for the arch. */
  logo: string | null;
}

/** The logo and the name, a link to the front page. */
export function BrandLink({ path = PATHS.page, ...brand }: BrandProps & { path?: string }) {
  return (
    <a class="brand" href={path}>
      <Logo {...brand} />
      <span safe>{brand.name}</span>
    </a>
  );
}

/** The operator's logo, or the arch in the color of the brand. */
export function Logo({ logo }: Pick<BrandProps, "logo">) {
  if (logo) return <img class="logo" src={logo} alt="" />;
  return (
    <svg class="logo" viewBox="0 0 32 32" aria-hidden="true">
      <path
        fill="currentColor"
        fill-rule="evenodd"
        d="M8 0h16a8 8 0 0 1 8 8v16a8 8 0 0 1-8 8h-2V14a6 6 0 0 0-12 0v18H8a8 8 0 0 1-8-8V8a8 8 0 0 1 8-8Z"
      />
      <path fill="currentColor" opacity=".35" d="M10 32V14a6 6 0 0 1 12 0v18Z" />
      <circle cx="18.7" cy="21" r="1.5" fill="currentColor" />
    </svg>
  );
}
