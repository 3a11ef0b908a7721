import { Html, type PropsWithChildren } from "@elysiajs/html";

interface StandInPageProps {
  title: string;
  script?: string;
  styles?: string;
  language?: string;
  direction?: "ltr" | "rtl";
}

/** The layout of all pages of the stand-in. */
export function StandInPage({
  title,
  script,
  styles = "/gsi/page.css",
  language = "en",
  direction = "ltr",
  children,
}: PropsWithChildren<StandInPageProps>) {
  return (
    <>
      {"<!doctype html>"}
      <html lang={language} dir={direction}>
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title safe>{title}</title>
          <link rel="icon" href="data:," />
          <link rel="stylesheet" href={styles} />
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
