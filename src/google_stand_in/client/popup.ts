import {
  type Channel,
  createChannel,
  type Flow,
  listen,
  type OpenFlow,
  type Response,
} from "./flow.ts";

let running: OpenFlow | null = null;
/** Created in advance: hashing is asynchronous, and a popup must open during the click. */
let next: Channel | null = null;

/**
 * Opens the account chooser at its final URL. If the page has a Cross-Origin-Opener-Policy, WebKit cuts
 * the opener of a popup that opens empty and navigates later.
 */
export function openPopup(flow: Flow, onResponse: (response: Response) => void): void {
  if (!next) return;
  running?.close();
  running = listen("/gsi/select", { ...flow, ...next }, (response) => {
    if (response) onResponse(response);
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
