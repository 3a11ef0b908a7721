/** Clears the messages when the person opens another page or does something else. */
export function clearMessages(): void {
  document.addEventListener("htmx:after:history:push", () => showMessage(""));
  window.addEventListener("popstate", () => showMessage(""));
  document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
    if (ctx.request.method !== "GET") showMessage("");
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

/** One of the sentences that the page brings for the browser to say. */
export function readSentence(name: "unreachable" | "offline"): string {
  return findMessages()?.dataset[name] ?? "";
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
