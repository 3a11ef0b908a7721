/** Clears the messages when the person opens another page or does something else. */
export function clearMessages(): void {
  document.addEventListener("htmx:after:history:push", clear);
  window.addEventListener("popstate", clear);
  document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
    if (ctx.request.method !== "GET") clear();
  });
}

/** Shows `text` as a message that interrupts; `""` clears it. With `retry`, it offers to try again. */
export function showMessage(text: string, retry?: () => void): void {
  show("alert", { text, retry });
}

/** Like {@linkcode showMessage}, for what the person has not caused: a screen reader waits with it. */
export function showStatus(text: string, retry?: () => void): void {
  show("status", { text, retry });
}

/** Shows what an act of the person has done, until the next one. */
export function showDone(text: string): void {
  show("status", { text });
  findMessages()?.querySelector("[role=status] > .message")?.classList.add("good");
}

/** One of the sentences that the page brings for the browser to say. */
export function readSentence(name: "unreachable" | "offline"): string {
  return findMessages()?.dataset[name] ?? "";
}

function clear(): void {
  showMessage("");
  // The state of the network stays until it changes.
  findMessages()?.querySelector("[role=status] > .good")?.remove();
}

function show(role: string, { text, retry }: { text: string; retry?: (() => void) | undefined }) {
  const messages = findMessages();
  const template = messages?.querySelector("template");
  const region = messages?.querySelector(`[role=${role}]`);
  if (!template || !region) return;
  region.replaceChildren();
  if (!text) return;
  const message = template.content.cloneNode(true) as DocumentFragment;
  const [again, close] = message.querySelectorAll("button");
  message.querySelector("p")?.append(text);
  close?.addEventListener("click", () => region.replaceChildren());
  if (retry) again?.addEventListener("click", () => (region.replaceChildren(), retry()));
  else again?.remove();
  region.append(message);
}

function findMessages(): HTMLElement | null {
  return document.getElementById("sign_in_message");
}
