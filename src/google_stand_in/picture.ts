import { PEOPLE } from "./people.ts";

const COLOURS = ["#1f6f5c", "#7a3e9d", "#1f5f99", "#a1551b", "#8c2f4d"];

/** The response for `SUB.svg`. Pages of other origins may show it. */
export function servePicture(file: string): Response {
  const svg = drawPicture(file.replace(/\.svg$/, ""));
  if (!svg) return new Response("Not found", { status: 404 });
  return new Response(svg, {
    headers: { "Content-Type": "image/svg+xml", "Cross-Origin-Resource-Policy": "cross-origin" },
  });
}

/** The picture of a person as SVG, or `null` if there is none. */
function drawPicture(sub: string): string | null {
  const index = PEOPLE.findIndex((person) => person.sub === sub && person.hasPicture);
  const person = PEOPLE[index];
  if (!person) return null;
  const colour = COLOURS[index % COLOURS.length];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96">
<rect width="96" height="96" fill="${colour}"/>
<circle cx="48" cy="38" r="17" fill="#fff" fill-opacity=".92"/>
<path d="M14 96a34 34 0 0 1 68 0Z" fill="#fff" fill-opacity=".92"/>
</svg>`;
}
