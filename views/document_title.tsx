import { Html } from "@elysiajs/html";

/** The title of the document; htmx takes it out of a fragment and sets it. */
export function DocumentTitle({ title }: { title: string }) {
  return <title safe>{`${title} · Foyer`}</title>;
}
