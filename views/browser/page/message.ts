/** Clears the message when the person opens another page or does something else. */
export function clearMessages(): void {
  document.addEventListener("htmx:after:history:push", () => showMessage(""));
  document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
    if (ctx.request.method !== "GET") showMessage("");
  });
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
