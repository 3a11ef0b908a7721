import { Html, type PropsWithChildren } from "@elysiajs/html";

import { fragmentPath, pagePath } from "../src/paths.ts";

export interface PageLinkProps {
  /** The page that it links to. */
  name: string;
  /** The query of its address. */
  query?: Record<string, string>;
  class?: string;
  title?: string;
  "aria-current"?: "page" | "true" | undefined;
}

/** A link to a page. htmx swaps the page in; without htmx the link works as usual. */
export function PageLink({
  name,
  query = {},
  children,
  ...attributes
}: PropsWithChildren<PageLinkProps>) {
  const search = Object.keys(query).length > 0 ? `?${new URLSearchParams(query)}` : "";
  return (
    <a
      {...attributes}
      href={pagePath(name) + search}
      hx-get={fragmentPath(name) + search}
      hx-target="#content_section"
      hx-swap="outerHTML transition:true"
      hx-push-url={pagePath(name) + search}
    >
      {children as "safe"}
    </a>
  );
}
