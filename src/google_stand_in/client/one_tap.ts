import { acceptChannel } from "./channel.ts";
import { type Flow, openFlow } from "./flow.ts";
import { createMoment, type MomentOf } from "./moments.ts";
import { isPromptSuppressed, suppressPrompt } from "./state_cookie.ts";

type Listener = (moment: google.accounts.id.PromptMomentNotification) => void;

let dismiss: ((moment?: MomentOf) => void) | null = null;

/** Shows the One Tap card, unless one is shown or it was closed of late. */
export async function showPrompt(flow: Flow, listener: Listener = () => {}): Promise<void> {
  const tell = (moment: MomentOf) => listener(createMoment(moment));
  if (isPromptSuppressed()) return tell({ type: "display", notDisplayed: "suppressed_by_user" });
  dismiss?.({ type: "dismissed", reason: "flow_restarted" });

  const frame = document.createElement("iframe");
  let closeCard = () => {};
  let isOver = false;
  const end = (moment?: MomentOf) => {
    isOver = true;
    opened.close();
    closeCard();
    frame.remove();
    dismiss = null;
    if (moment) tell(moment);
  };
  const opened = await openFlow("/gsi/prompt", flow, (response) => {
    end({ type: "dismissed", reason: "credential_returned" });
    flow.configuration.callback?.(response);
  });
  closeCard = acceptChannel(
    { id: `${opened.channel}.card`, origin: flow.base, secret: "" },
    (message) => {
      if (message.type === "resize") frame.style.height = `${message.height}px`;
      if (message.type !== "closed" || isOver) return;
      suppressPrompt();
      end({ type: "skipped", reason: "user_cancel" });
    },
  );
  dismiss = end;
  draw(frame, { url: opened.url, parentId: flow.configuration.prompt_parent_id });
  tell({ type: "display" });
}

/** Takes the card away. */
export function cancelPrompt(): void {
  dismiss?.({ type: "dismissed", reason: "cancel_called" });
}

function draw(
  frame: HTMLIFrameElement,
  { url, parentId }: { url: string; parentId?: string | undefined },
): void {
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
  (document.getElementById(parentId ?? "") ?? document.body).append(frame);
}
