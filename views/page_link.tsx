import { Html, type PropsWithChildren } from "@elysiajs/html";

import { fragmentPath, pagePath } from "../src/paths.ts";

export interface PageLinkProps {
  /** The content that it leads to. */
  name: string;
  /** What comes behind the question mark of its address. */
  query?: Record<string, string>;
  class?: string;
  title?: string;
}

/** A link to a content: htmx swaps it in, and its address is a page of its own. */
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
