import {
  type Channel,
  createChannel,
  type Flow,
  listen,
  type OpenFlow,
  type Response,
} from "./flow.ts";

let running: OpenFlow | null = null;
/** Made beforehand: its name takes a moment, and a window is opened while the click still counts. */
let next: Channel | null = null;

/**
 * Opens the account chooser, at its own address from the start: WebKit parts a window that was opened empty
 * and sent on from its opener, where the page has a Cross-Origin-Opener-Policy.
 */
export function openPopup(flow: Flow, answer: (response: Response) => void): void {
  if (!next) return;
  running?.close();
  running = listen("/gsi/select", { ...flow, ...next }, (response) => {
    if (response) answer(response);
  });
  prepareChannel();
  if (!open(running.url, "g_sign_in", "popup,width=520,height=640")) {
    console.warn("[GSI_LOGGER]: Failed to open popup window. Maybe blocked by the browser?");
  }
}

function prepareChannel(): void {
  next = null;
  void createChannel().then((channel) => {
    next = channel;
  });
}

prepareChannel();
