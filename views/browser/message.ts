/** Takes the message away when the person goes on to another page. */
export function clearMessages(): void {
  document.addEventListener("htmx:after:history:push", () => showMessage(""));
}

/** Shows `text` below the navigation bar, or nothing. */
export function showMessage(text: string): void {
  const message = document.getElementById("sign_in_message");
  if (message) message.textContent = text;
}
