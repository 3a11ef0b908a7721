import { showDone } from "./message.ts";

/** Shows what an act has done, in the words of the answer's `HX-Trigger` header. */
export function followActMessages(): void {
  document.addEventListener("PageMessage", (event) => {
    const { text } = (event as CustomEvent<{ text: string }>).detail;
    showDone(text);
  });
}
