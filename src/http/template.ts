import { Html } from "@elysiajs/html";

import { createGzipTemplate, type GzipTemplate } from "./gzip_template.ts";

/** Stands around the name of a slot. It never occurs in our markup, and no stored text holds it. */
const MARK = "\0";

/** Markup that is drawn once. Texts are put into its slots, escaped. */
export interface Template<Name extends string> {
  fill(texts: Record<Name, string>): string;
  /** The same, compressed with gzip. */
  fillCompressed(texts: Record<Name, string>): Uint8Array<ArrayBuffer>;
}

/** Draws markup with slots in the place of texts. A slot may stand wherever the view escapes a text, or quotes it. */
export function createTemplate<Name extends string>(
  names: readonly Name[],
  draw: (slots: Record<Name, string>) => JSX.Element,
): Template<Name> {
  const slots = names.map((name) => [name, MARK + name + MARK]);
  const parts = String(draw(Object.fromEntries(slots))).split(MARK);
  const around = parts.filter((_, index) => index % 2 === 0);
  const order = parts.filter((_, index) => index % 2 === 1) as Name[];
  let compressed: GzipTemplate | null = null;
  const fillings = (texts: Record<Name, string>) =>
    order.map((name) => Html.escapeHtml(texts[name]));

  return {
    fill: (texts) =>
      fillings(texts).reduce(
        (html, text, index) => html + text + around[index + 1],
        around[0] ?? "",
      ),
    fillCompressed(texts) {
      compressed ??= createGzipTemplate(around);
      return compressed(fillings(texts));
    },
  };
}
