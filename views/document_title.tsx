import { Html } from "@elysiajs/html";

/** The document's title. htmx also applies it from a fragment. */
export function DocumentTitle({ title }: { title: string }) {
  return <title safe>{`${title} · Foyer`}</title>;
}
