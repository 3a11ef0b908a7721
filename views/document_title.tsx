import { Html } from "@elysiajs/html";

/** The document's title. htmx also applies it from a fragment. */
export function DocumentTitle({ title, appName }: { title: string; appName: string }) {
  return <title safe>{`${title} · ${appName}`}</title>;
}
