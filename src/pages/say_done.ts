import type { Undo } from "../../views/act_button.tsx";
import type { HeaderSet } from "../http/headers.ts";

/**
 * Lets the page say what an act has done. With `undo`, it offers the opposite act, which must be an ordinary one. The
 * browser's part is `views/browser/page/act_message.ts`.
 */
export function sayDone(
  { headers }: HeaderSet,
  text: string,
  { undo }: { undo?: Undo } = {},
): void {
  const json = JSON.stringify({ PageMessage: { text, undo, target: "body" } });
  // A header holds ASCII only; names hold any letter.
  headers["hx-trigger"] = json.replace(
    /[^\x20-\x7e]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
