import { acceptChannel } from "./channel.ts";
import { type Flow, openFlow, type Response } from "./flow.ts";

/** An action on the card other than choosing an account. */
export type CardMessage = "closed" | "clicked" | "tapped_outside";

/** Draws the frame of the One Tap card. Returns the function that removes it. */
export async function drawCard(
  flow: Flow,
  {
    finish,
    onMessage,
  }: { finish: (response: Response | null) => void; onMessage: (message: CardMessage) => void },
): Promise<() => void> {
  const frame = document.createElement("iframe");
  const { url, channel, close } = await openFlow("/gsi/prompt", flow, finish);
  const closeCard = acceptChannel(
    { id: `${channel}.card`, origin: flow.base, secret: "" },
    (message) => {
      if (message.type === "resize") frame.style.height = `${message.height}px`;
      if (message.type === "closed") onMessage("closed");
      if (message.type !== "clicked") return;
      frame.hidden = true;
      onMessage("clicked");
    },
  );
  const onPageClick = () => {
    if (!frame.hidden) onMessage("tapped_outside");
  };
  document.addEventListener("click", onPageClick);

  frame.id = "credential_picker_iframe";
  frame.title = "Sign in with Google Dialog";
  frame.src = url;
  Object.assign(frame.style, {
    position: "fixed",
    top: "20px",
    right: "20px",
    width: "360px",
    height: "0px",
    border: "0",
    zIndex: "9999",
  });
  const parent = document.getElementById(flow.configuration.prompt_parent_id ?? "");
  (parent ?? document.body).append(frame);
  return () => {
    document.removeEventListener("click", onPageClick);
    close();
    closeCard();
    frame.remove();
  };
}
