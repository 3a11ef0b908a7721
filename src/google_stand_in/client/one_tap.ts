import { showCard } from "./card.ts";
import { askFedCm, hasFedCm } from "./fedcm.ts";
import type { Flow } from "./flow.ts";
import { createMoment, type PromptEnd } from "./moments.ts";
import { isAutoSelectSuppressed } from "./state_cookie.ts";

type Listener = (moment: google.accounts.id.PromptMomentNotification) => void;

let running: AbortController | null = null;

/** Offers One Tap: by the browser's FedCM where there is one, else by a card. */
export async function showPrompt(flow: Flow, listener: Listener = () => {}): Promise<void> {
  running?.abort("flow_restarted");
  const mine = new AbortController();
  running = mine;
  const configuration = {
    ...flow.configuration,
    auto_select: flow.configuration.auto_select === true && !isAutoSelectSuppressed(),
  };
  const show = hasFedCm() ? askBrowser : showCard;
  const { moment, response } = await show(
    { ...flow, configuration },
    { signal: mine.signal, tell: (shown) => listener(createMoment(shown)) },
  );
  if (running === mine) running = null;
  listener(createMoment(moment));
  if (response) configuration.callback?.(response);
}

/** Takes the prompt away, if nobody was chosen yet. */
export function cancelPrompt(): void {
  running?.abort("cancel_called");
}

/** Since FedCM there are no moments of display, and no reasons why a prompt was skipped. */
async function askBrowser(flow: Flow, { signal }: { signal: AbortSignal }): Promise<PromptEnd> {
  const isSilent = flow.configuration.auto_select === true;
  const response = await askFedCm(flow, { mode: "passive", isSilent, signal });
  if (signal.aborted) return { moment: { type: "dismissed", reason: signal.reason } };
  if (!response) return { moment: { type: "skipped" } };
  return { moment: { type: "dismissed", reason: "credential_returned" }, response };
}
