import { showCard } from "./card.ts";
import { hasFedCm, requestFedCm } from "./fedcm.ts";
import type { Flow } from "./flow.ts";
import { createMoment, type PromptEnd } from "./moments.ts";
import { isAutoSelectSuppressed } from "./state_cookie.ts";

/** Follows what happens to a prompt. */
export type MomentListener = (moment: google.accounts.id.PromptMomentNotification) => void;

/** The open prompt, and the flow of the client that opened it. */
let running: { flow: Flow; own: AbortController } | null = null;

/** Shows One Tap: by FedCM if the browser supports it, else as a card. It replaces an open prompt. */
export async function showPrompt(flow: Flow, listener: MomentListener = () => {}): Promise<void> {
  running?.own.abort("flow_restarted");
  const own = new AbortController();
  running = { flow, own };
  const configuration = {
    ...flow.configuration,
    auto_select: flow.configuration.auto_select === true && !isAutoSelectSuppressed(),
  };
  const show = hasFedCm() ? promptByFedCm : showCard;
  const { moment, response } = await show(
    { ...flow, configuration },
    { signal: own.signal, onDisplay: (shown) => listener(createMoment(shown)) },
  );
  if (running?.own === own) running = null;
  listener(createMoment(moment));
  if (response) configuration.callback?.(response);
}

/** Cancels the prompt if it is still open. Like Google, it ignores the prompt of an earlier client. */
export function cancelPrompt(flow: Flow): void {
  if (running?.flow === flow) running.own.abort("cancel_called");
  else if (running) {
    console.warn(
      "[GSI_LOGGER]: Cancel prompt request ignored. The prompt is in a protected state.",
    );
  }
}

/** FedCM reports no display moments and no reasons for skipped prompts. */
async function promptByFedCm(flow: Flow, { signal }: { signal: AbortSignal }): Promise<PromptEnd> {
  const isSilent = flow.configuration.auto_select === true;
  const response = await requestFedCm(flow, { mode: "passive", isSilent, signal });
  if (signal.aborted) return { moment: { type: "dismissed", reason: signal.reason } };
  if (!response) return { moment: { type: "skipped" } };
  return { moment: { type: "dismissed", reason: "credential_returned" }, response };
}
