/** The parameters of the page's address. */
export const options = Object.fromEntries(new URLSearchParams(location.search));

/** Adds `item` to a list that the test reads from the page's body. */
export function note(list: string, item: unknown): void {
  const items: unknown[] = JSON.parse(document.body.dataset[list] ?? "[]");
  document.body.dataset[list] = JSON.stringify([...items, item ?? null]);
}

/** Adds what happened to a One Tap prompt. */
export function noteMoment(moment: google.accounts.id.PromptMomentNotification): void {
  const reason =
    moment.getNotDisplayedReason() ?? moment.getSkippedReason() ?? moment.getDismissedReason();
  note("moments", [moment.getMomentType(), reason].filter(Boolean).join(" "));
}
