import { type CardMessage, drawCard } from "./card_frame.ts";
import type { Flow, Response } from "./flow.ts";
import type { PromptEnd, PromptMoment } from "./moments.ts";
import { openPopup } from "./popup.ts";
import { isPromptSuppressed, restorePrompt, suppressPrompt } from "./state_cookie.ts";

type Moment = google.accounts.id.PromptMomentNotification;
type NotDisplayed = ReturnType<Moment["getNotDisplayedReason"]>;

interface CardOptions {
  signal: AbortSignal;
  /** Called when the card is shown. */
  onDisplay: (moment: PromptMoment) => void;
}

/** Shows the One Tap card if it is allowed. Resolves when the prompt has ended. */
export async function showCard(flow: Flow, { signal, onDisplay }: CardOptions): Promise<PromptEnd> {
  const { client_id, itp_support, cancel_on_tap_outside } = flow.configuration;
  // In Safari and Firefox a frame cannot read the Google session, so the person chooses in a popup.
  const isItp = !navigator.userAgent.includes("Chrom") && itp_support !== false;
  if (isPromptSuppressed()) return notDisplayed("suppressed_by_user");
  if (!client_id) return notDisplayed("missing_client_id");
  const reason = isItp ? null : await askStatus(flow);
  if (reason) return notDisplayed(reason);

  const { promise, resolve } = Promise.withResolvers<PromptEnd>();
  const skip = (why: ReturnType<Moment["getSkippedReason"]>) =>
    resolve({ moment: { type: "skipped", reason: why } });

  function finish(response: Response | null): void {
    if (!response) return skip("issuing_failed");
    restorePrompt();
    resolve({ moment: { type: "dismissed", reason: "credential_returned" }, response });
  }

  function onMessage(message: CardMessage): void {
    if (message === "clicked") void openPopup({ ...flow, trigger: "itp" }, finish);
    if (message === "tapped_outside" && cancel_on_tap_outside !== false) skip("tap_outside");
    if (message !== "closed") return;
    suppressPrompt();
    skip("user_cancel");
  }

  const cancel = () => resolve({ moment: { type: "dismissed", reason: signal.reason } });
  signal.addEventListener("abort", cancel);
  if (signal.aborted) cancel();
  const remove = await drawCard({ ...flow, trigger: isItp ? "itp" : "btn" }, { finish, onMessage });
  onDisplay({ type: "display" });
  return await promise.finally(remove);
}

function notDisplayed(reason: NotDisplayed): PromptEnd {
  return { moment: { type: "display", notDisplayed: reason } };
}

/** The reason why no card can be shown, or `null`. */
async function askStatus({ base }: Flow): Promise<NotDisplayed | null> {
  try {
    const response = await fetch(`${base}/gsi/status`, { credentials: "include" });
    return (await response.json()).reason ?? null;
  } catch {
    return "unknown_reason";
  }
}
