import { Html, type PropsWithChildren } from "@elysiajs/html";

/** The layout of all pages of the stand-in. */
export function StandInPage({
  title,
  script,
  children,
}: PropsWithChildren<{ title: string; script?: string }>) {
  return (
    <>
      {"<!doctype html>"}
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title safe>{title}</title>
          <link rel="icon" href="data:," />
          <link rel="stylesheet" href="/gsi/page.css" />
          {script ? <script type="module" src={script}></script> : null}
        </head>
        {children as "safe"}
      </html>
    </>
  );
}

/** Hidden form fields, by name. */
export function HiddenFields({ fields }: { fields: Record<string, string> }) {
  return (
    <>
      {Object.entries(fields).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
    </>
  );
}
