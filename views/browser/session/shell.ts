/** What the script for signed-in people needs of the page's own script, whose state exists once. */
export interface Shell {
  /** Reloads the navigation bar; the content follows if it must. */
  reload(): void;
  /** The same in every tab. */
  reloadTabs(): void;
  /** For whom the navigation bar was drawn. */
  shownViewer(): string;
  /** Says that the server cannot be reached, or takes that back. */
  sayUnreachable(isUnreachable: boolean): void;
}
