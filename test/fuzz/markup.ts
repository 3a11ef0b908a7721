import type { Answer } from "./exchange.ts";

/** What hostile texts would make: an element `fz`, `hx-fz` or a handler `onfz`. */
const BORN = /fz/i;

/** Whether data has become an element or an attribute. Looks closer only where a hostile text stands in the answer. */
export function judgeMarkup({ response, text }: Answer): string | null {
  const isHtml = response.headers.get("content-type")?.startsWith("text/html");
  if (!isHtml || !BORN.test(text)) return null;
  let wrong: string | null = null;
  const rewriter = new HTMLRewriter().on("*", {
    element({ tagName, attributes }) {
      if (BORN.test(tagName)) wrong ??= `data becomes the element <${tagName}>`;
      for (const [name] of attributes) {
        if (BORN.test(name)) wrong ??= `data becomes the attribute ${name} of <${tagName}>`;
      }
    },
  });
  rewriter.transform(text);
  // htmx takes this for an element of its own, even inside an attribute.
  if (/<hx-/i.test(text)) wrong ??= "the answer holds <hx-";
  return wrong;
}

const NAMED: Record<string, string> = {
  lt: "<",
  gt: ">",
  amp: "&",
  quot: '"',
  apos: "'",
  nbsp: "\u00a0",
};

/** What a browser makes of the text of an element or attribute: the references that our views write, and numbers. */
export function decodeText(raw: string): string {
  if (!raw.includes("&")) return raw;
  return raw.replace(
    /&(?:#x([\da-f]{1,6})|#(\d{1,7})|(lt|gt|amp|quot|apos|nbsp));?/gi,
    (all, hex, number, name) => {
      if (name) return NAMED[String(name).toLowerCase()] ?? all;
      const code = hex ? Number.parseInt(hex, 16) : Number(number);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : "\ufffd";
    },
  );
}

/** Hidden inputs of a form as a browser would post them. */
export async function readInputs(html: string): Promise<[name: string, value: string][]> {
  const found: [string, string][] = [];
  const rewriter = new HTMLRewriter().on('input[type="hidden"]', {
    element(input) {
      const read = (name: string) => decodeText(input.getAttribute(name) ?? "");
      found.push([read("name"), read("value")]);
    },
  });
  rewriter.transform(html);
  return found;
}

/** A document taken apart: its elements with the names of their attributes, and what a person or a script reads. */
export interface Parts {
  skeleton: string;
  text: string;
  attributes: string[];
  /** From where it loads pictures and scripts, and where links lead. */
  addresses: string[];
}

/** Takes a document apart as a browser does. The drawings of icons do not count. */
export function readParts(html: string): Parts {
  const skeleton: string[] = [];
  const attributes: string[] = [];
  const addresses: string[] = [];
  let text = "";
  const rewriter = new HTMLRewriter()
    .on("*", {
      element({ tagName, attributes: own }) {
        const names: string[] = [];
        for (const [name, value] of own) {
          names.push(name);
          attributes.push(decodeText(value));
          if (name === "src" || name === "href") addresses.push(decodeText(value));
        }
        if (tagName !== "path") skeleton.push(`${tagName} ${names.sort().join(" ")}`);
      },
    })
    .onDocument({
      text(chunk) {
        text += chunk.text;
      },
      comments(comment) {
        skeleton.push(`comment ${comment.text}`);
      },
    });
  rewriter.transform(html);
  return { skeleton: skeleton.join("\n"), text: decodeText(text), attributes, addresses };
}
