import { type Flow, type OpenFlow, openFlow, type Response } from "./flow.ts";

let running: OpenFlow | null = null;

/**
 * Opens the account chooser. The window is opened at once, while the click still counts as the person's,
 * and sent to its address when that is known.
 */
export async function openPopup(flow: Flow, answer: (response: Response) => void): Promise<void> {
  const popup = open("about:blank", "g_sign_in", "popup,width=520,height=640");
  if (!popup) {
    console.warn("[GSI_LOGGER]: Failed to open popup window. Maybe blocked by the browser?");
    return;
  }
  running?.close();
  running = await openFlow("/gsi/select", flow, (response) => {
    if (response) answer(response);
  });
  popup.location.replace(running.url);
}
