/** Shows `text` below the navigation bar, or nothing. */
export function showMessage(text: string): void {
  const message = document.getElementById("sign_in_message");
  if (message) message.textContent = text;
}
