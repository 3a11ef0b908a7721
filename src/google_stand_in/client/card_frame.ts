import { acceptChannel } from "./channel.ts";
import { type Flow, openFlow, type Response } from "./flow.ts";

/** What a person does with the card, short of choosing an account. */
export type CardMessage = "closed" | "clicked" | "tapped_outside";

/** Draws the frame of the One Tap card; answers with the function that removes it. */
export async function drawCard(
  flow: Flow,
  {
    finish,
    hear,
  }: { finish: (response: Response | null) => void; hear: (message: CardMessage) => void },
): Promise<() => void> {
  const frame = document.createElement("iframe");
  const { url, channel, close } = await openFlow("/gsi/prompt", flow, finish);
  const closeCard = acceptChannel(
    { id: `${channel}.card`, origin: flow.base, secret: "" },
    (message) => {
      if (message.type === "resize") frame.style.height = `${message.height}px`;
      if (message.type === "closed") hear("closed");
      if (message.type !== "clicked") return;
      frame.hidden = true;
      hear("clicked");
    },
  );
  const leave = () => {
    if (!frame.hidden) hear("tapped_outside");
  };
  document.addEventListener("click", leave);

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
    document.removeEventListener("click", leave);
    close();
    closeCard();
    frame.remove();
  };
}
