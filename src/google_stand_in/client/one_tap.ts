import { showCard } from "./card.ts";
import { hasFedCm, requestFedCm } from "./fedcm.ts";
import type { Flow } from "./flow.ts";
import { createMoment, type PromptEnd } from "./moments.ts";
import { isAutoSelectSuppressed } from "./state_cookie.ts";

type Listener = (moment: google.accounts.id.PromptMomentNotification) => void;

let running: AbortController | null = null;

/** Shows One Tap: by FedCM if the browser supports it, else as a card. */
export async function showPrompt(flow: Flow, listener: Listener = () => {}): Promise<void> {
  running?.abort("flow_restarted");
  const own = new AbortController();
  running = own;
  const configuration = {
    ...flow.configuration,
    auto_select: flow.configuration.auto_select === true && !isAutoSelectSuppressed(),
  };
  const show = hasFedCm() ? promptByFedCm : showCard;
  const { moment, response } = await show(
    { ...flow, configuration },
    { signal: own.signal, onDisplay: (shown) => listener(createMoment(shown)) },
  );
  if (running === own) running = null;
  listener(createMoment(moment));
  if (response) configuration.callback?.(response);
}

/** Cancels the prompt if it is still open. */
export function cancelPrompt(): void {
  running?.abort("cancel_called");
}

/** FedCM reports no display moments and no reasons for skipped prompts. */
async function promptByFedCm(flow: Flow, { signal }: { signal: AbortSignal }): Promise<PromptEnd> {
  const isSilent = flow.configuration.auto_select === true;
  const response = await requestFedCm(flow, { mode: "passive", isSilent, signal });
  if (signal.aborted) return { moment: { type: "dismissed", reason: signal.reason } };
  if (!response) return { moment: { type: "skipped" } };
  return { moment: { type: "dismissed", reason: "credential_returned" }, response };
}
