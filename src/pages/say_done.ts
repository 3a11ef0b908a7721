import type { HeaderSet } from "../http/headers.ts";

/** Lets the page say what an act has done. The browser's part is `views/browser/page/act_message.ts`. */
export function sayDone({ headers }: HeaderSet, text: string): void {
  const json = JSON.stringify({ PageMessage: { text, target: "body" } });
  // A header holds ASCII only; names hold any letter.
  headers["hx-trigger"] = json.replace(
    /[^\x20-\x7e]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
