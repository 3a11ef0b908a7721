import { join } from "node:path";

import type { Page, SerializedAXNode } from "puppeteer-core";

/** Where the trees are kept, one file a state. */
export const TREES = join(import.meta.dir, "trees");

/** Parts that nobody hears of. */
const SILENT = new Set(["none", "generic", "InlineTextBox", "LineBreak", "ListMarker"]);

/** What a screen reader says of a part, beside its role and name. */
const STATES = [
  ...[
    "checked",
    "disabled",
    "expanded",
    "focused",
    "haspopup",
    "invalid",
    "level",
    "live",
    "modal",
  ],
  ...["multiline", "pressed", "readonly", "required", "selected", "value", "valuetext"],
] as const;

/** What there may be many of. */
const REPEATED = ["row", "rowgroup", "listitem"];

/** Of rows that are alike, as many as show how they are. */
const ROWS = 3;

/** What differs from run to run. */
const VOLATILE: [pattern: RegExp, instead: string][] = [
  [/\blocalhost:\d+/g, "localhost"],
  [/\b127\.0\.0\.1:\d+/g, "127.0.0.1"],
  [/\b[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\b/g, "UUID"],
  // The clock of the warning.
  [/"[01]:\d\d"/g, '"0:00"'],
  [/\bHeadlessChrome\/[\d.]+/g, "Chrome"],
];

/** The page as a screen reader gets it: a line for each part, with its role, its name and its state. */
export async function readTree(page: Page): Promise<string> {
  const root = await page.accessibility.snapshot({ interestingOnly: false });
  if (!root) throw new Error("The page has no accessibility tree");
  const text = `${writeNode(root, "").join("\n")}\n`;
  return VOLATILE.reduce((all, [pattern, instead]) => all.replaceAll(pattern, instead), text);
}

/** The file of a state's tree. */
export function treeFile(state: string): string {
  return join(TREES, `${state}.txt`);
}

function writeNode(node: SerializedAXNode, indent: string): string[] {
  const { role, name = "", children = [] } = node;
  if (role === "StaticText") return name.trim() ? [`${indent}${JSON.stringify(name)}`] : [];
  const isSilent = SILENT.has(role);
  const inside = isSilent ? indent : `${indent}  `;
  const parts = joinText(
    shorten(children, inside).flatMap((child) =>
      typeof child === "string" ? child : writeNode(child, inside),
    ),
  );
  if (isSilent) return parts;
  const isSaid = parts.every(isText) && textOf(parts) === name.trim();
  return [`${indent}${describe(node)}`, ...(isSaid ? [] : parts)];
}

/** Makes one text of those that follow each other: where a sentence is put together is not heard. */
function joinText(lines: string[]): string[] {
  const joined: string[] = [];
  for (const line of lines) {
    const last = joined.at(-1);
    const indent = line.slice(0, line.indexOf('"'));
    if (last && isText(line) && isText(last) && last.startsWith(`${indent}"`)) {
      joined[joined.length - 1] = `${last.slice(0, -1)}${line.slice(indent.length + 1)}`;
    } else joined.push(line);
  }
  return joined;
}

function isText(line: string): boolean {
  return line.trimStart().startsWith('"');
}

/** Leaves out the later ones of many rows. */
function shorten(children: SerializedAXNode[], indent: string): (SerializedAXNode | string)[] {
  const rows = children.filter(({ role }) => REPEATED.includes(role));
  if (rows.length <= ROWS * 2) return children;
  const left = new Set(rows.slice(ROWS));
  return [...children.filter((child) => !left.has(child)), `${indent}… ${left.size} more`];
}

function describe(node: SerializedAXNode): string {
  const { role, name, description } = node;
  const states = STATES.flatMap((state) => {
    const value = node[state as keyof SerializedAXNode];
    if (value === undefined || value === false || (state === "level" && role !== "heading")) {
      return state === "expanded" && value === false ? ["collapsed"] : [];
    }
    return value === true ? [state] : [`${state}=${JSON.stringify(value)}`];
  });
  return [
    role,
    ...(name ? [JSON.stringify(name)] : []),
    ...(states.length > 0 ? [`[${states.join(", ")}]`] : []),
    ...(description ? [`(${description})`] : []),
  ].join(" ");
}

function textOf(lines: string[]): string {
  return lines
    .map((line) => JSON.parse(line.trim()) as string)
    .join("")
    .trim();
}
