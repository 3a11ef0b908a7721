import { acceptChannel } from "./channel.ts";

type ButtonLook = google.accounts.id.GsiButtonConfiguration;

let count = 0;

/** Draws the button's frame into `parent` and replaces its content. */
export function drawButton(
  parent: HTMLElement,
  { base, look, onClick }: { base: string; look: ButtonLook; onClick: () => void },
): void {
  count += 1;
  const id = `gsi_${Date.now() % 1_000_000}_${count}`;
  const frame = document.createElement("iframe");
  const container = document.createElement("div");
  container.className = "S9gUrf-YoZ4jf";
  frame.id = id;
  frame.title = "Sign in with Google Button";
  frame.allow = "identity-credentials-get";
  Object.assign(frame.style, { width: "0px", height: "0px", border: "0", colorScheme: "light" });
  const query = new URLSearchParams({
    iframe_id: id,
    origin: location.origin,
    text: "signin_with",
  });
  for (const [name, value] of Object.entries(look)) {
    if (typeof value === "string" || typeof value === "number") query.set(name, String(value));
  }
  acceptChannel({ id, origin: base, secret: "" }, (message) => {
    if (message.type === "clicked") onClick();
    if (message.type !== "resize") return;
    frame.style.width = `${message.width}px`;
    frame.style.height = `${message.height}px`;
  });
  frame.src = `${base}/gsi/button?${query}`;
  container.append(frame);
  parent.replaceChildren(container);
}
