import type { BrowserContext, Page, Protocol } from "puppeteer-core";

type Dialog = Protocol.FedCm.DialogShownEvent;

const PATIENCE_MS = 15_000;

/** The browser's own dialogs of FedCM for one page, which no script and no click can reach. */
export interface FedCmDialogs {
  /** Waits until a dialog of this type is open. */
  waitFor(type: Protocol.FedCm.DialogType): Promise<Dialog>;
  /** Waits for the account chooser, and takes the account of `email`. */
  selectAccount(email: string): Promise<void>;
  /** Waits for a dialog of this type, and closes it as its cross does. */
  dismiss(type: Protocol.FedCm.DialogType): Promise<void>;
  /** Waits until no dialog is open any more. */
  waitUntilClosed(): Promise<void>;
  /** Waits for the error dialog, and presses "Got it". */
  acknowledgeError(): Promise<void>;
}

/** Takes the page's FedCM dialogs into the test's hands; call it before the page asks. */
export async function watchFedCm(page: Page): Promise<FedCmDialogs> {
  const session = await page.createCDPSession();
  let shown: Dialog | null = null;
  let notice = () => {};
  session.on("FedCm.dialogShown", (dialog) => {
    shown = dialog;
    notice();
  });
  session.on("FedCm.dialogClosed", ({ dialogId }) => {
    if (shown?.dialogId === dialogId) shown = null;
    notice();
  });
  // Browsers reject late, so that pages cannot tell why.
  await session.send("FedCm.enable", { disableRejectionDelay: true });

  /** Waits until a dialog of this type is what is open, or none at all. */
  async function waitUntil(type: Protocol.FedCm.DialogType | undefined): Promise<void> {
    const tooLate = Bun.sleep(PATIENCE_MS).then(() => {
      throw new Error(`Not ${type ?? "no dialog"} is open, but ${shown?.dialogType ?? "none"}`);
    });
    tooLate.catch(() => {});
    while (shown?.dialogType !== type) {
      const next = new Promise<void>((resolve) => {
        notice = resolve;
      });
      await Promise.race([next, tooLate]);
    }
  }

  async function waitFor(type: Protocol.FedCm.DialogType): Promise<Dialog> {
    await waitUntil(type);
    return shown as Dialog;
  }

  return {
    waitFor,
    waitUntilClosed: () => waitUntil(undefined),
    async selectAccount(email) {
      const { dialogId, accounts } = await waitFor("AccountChooser");
      const accountIndex = accounts.findIndex((account) => account.email === email);
      await session.send("FedCm.selectAccount", { dialogId, accountIndex });
    },
    async dismiss(type) {
      const { dialogId } = await waitFor(type);
      await session.send("FedCm.dismissDialog", { dialogId });
    },
    async acknowledgeError() {
      const { dialogId } = await waitFor("Error");
      await session.send("FedCm.clickDialogButton", { dialogId, dialogButton: "ErrorGotIt" });
    },
  };
}

/** Waits for the stand-in's sign-in page that FedCM opens, chooses somebody, and waits until it is closed. */
export async function signInInFedCmPopup(context: BrowserContext, email: string): Promise<void> {
  const target = await context.waitForTarget((one) => new URL(one.url()).pathname === "/signin", {
    timeout: PATIENCE_MS,
  });
  const popup = await target.page();
  if (!popup) throw new Error("The sign-in popup has no page");
  const closed = new Promise((resolve) => popup.once("close", resolve));
  await popup.waitForSelector(`button[value="${email}"]`);
  await popup.click(`button[value="${email}"]`);
  await closed;
}

/** Signs somebody in at the stand-in itself, in a tab of its own. */
export async function signInAtStandIn(
  { page, googleOrigin }: { page: Page; googleOrigin: string },
  email: string,
): Promise<void> {
  const tab = await page.browserContext().newPage();
  await tab.goto(new URL("/signin", googleOrigin).href);
  await tab.click(`button[value="${email}"]`);
  await tab.waitForFunction(() => document.title === "Signed in", { polling: 30 });
  await tab.close();
  await page.bringToFront();
}
