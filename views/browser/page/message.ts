/** Clears the message when the person opens another page or does something else. */
export function clearMessages(): void {
  document.addEventListener("htmx:after:history:push", () => {
    showMessage("");
    showStatus("");
  });
  document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
    if (ctx.request.method === "GET") return;
    showMessage("");
    showStatus("");
  });
}

/** Shows what an act has done; a screen reader waits with it. `""` clears it. */
export function showStatus(text: string): void {
  document.getElementById("act_message")?.replaceChildren(text);
}

/** Shows `text` below the navigation bar; `""` clears it. With `retry`, adds a button to try again. */
export function showMessage(text: string, retry?: () => void): void {
  const message = document.getElementById("sign_in_message");
  if (!message) return;
  message.textContent = text;
  if (!text || !retry) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  button.textContent = "Try again";
  button.addEventListener("click", retry);
  message.append(" ", button);
}
