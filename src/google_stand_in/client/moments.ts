import type { Response } from "./flow.ts";

type Moment = google.accounts.id.PromptMomentNotification;

/** What happened to a One Tap prompt. FedCM gives no reason why it was skipped. */
export type PromptMoment =
  | { type: "display"; notDisplayed?: ReturnType<Moment["getNotDisplayedReason"]> }
  | { type: "skipped"; reason?: ReturnType<Moment["getSkippedReason"]> }
  | { type: "dismissed"; reason: ReturnType<Moment["getDismissedReason"]> };

/** How a prompt ended. */
export interface PromptEnd {
  moment: PromptMoment;
  response?: Response;
}

/** Converts a moment to the object that Google's script passes to listeners. */
export function createMoment(moment: PromptMoment): Moment {
  const notDisplayed = moment.type === "display" ? moment.notDisplayed : undefined;
  const notification: { [Method in keyof Moment]: () => ReturnType<Moment[Method]> | undefined } = {
    getMomentType: () => moment.type,
    isDisplayMoment: () => moment.type === "display",
    isDisplayed: () => moment.type === "display" && !notDisplayed,
    isNotDisplayed: () => notDisplayed !== undefined,
    getNotDisplayedReason: () => notDisplayed,
    isSkippedMoment: () => moment.type === "skipped",
    getSkippedReason: () => (moment.type === "skipped" ? moment.reason : undefined),
    isDismissedMoment: () => moment.type === "dismissed",
    getDismissedReason: () => (moment.type === "dismissed" ? moment.reason : undefined),
  };
  return notification as Moment;
}
