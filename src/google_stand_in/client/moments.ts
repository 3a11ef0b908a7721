type Moment = google.accounts.id.PromptMomentNotification;

/** What happened to a One Tap prompt. */
export type MomentOf =
  | { type: "display"; notDisplayed?: ReturnType<Moment["getNotDisplayedReason"]> }
  | { type: "skipped"; reason: ReturnType<Moment["getSkippedReason"]> }
  | { type: "dismissed"; reason: ReturnType<Moment["getDismissedReason"]> };

/** A moment in the form in which Google's script hands it out. */
export function createMoment(moment: MomentOf): Moment {
  return {
    getMomentType: () => moment.type,
    isDisplayMoment: () => moment.type === "display",
    isDisplayed: () => moment.type === "display" && !moment.notDisplayed,
    isNotDisplayed: () => moment.type === "display" && moment.notDisplayed !== undefined,
    getNotDisplayedReason: () =>
      (moment.type === "display" && moment.notDisplayed) || "unknown_reason",
    isSkippedMoment: () => moment.type === "skipped",
    getSkippedReason: () => (moment.type === "skipped" ? moment.reason : "auto_cancel"),
    isDismissedMoment: () => moment.type === "dismissed",
    getDismissedReason: () => (moment.type === "dismissed" ? moment.reason : "flow_restarted"),
  };
}
