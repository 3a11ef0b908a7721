import { channelName, openChannel } from "../channel.ts";

// The end of a flow, in a popup or in the One Tap card: only the page that began it may have the answer.
const { origin = "", channel = "", response = "null" } = document.body.dataset;
const page = window.opener ?? (parent === window ? null : parent);
if (page) {
  const { port, secret } = await openChannel(page, { id: channel, origin });
  // A popup that closes too early takes its message with it.
  if (window.opener) port.onmessage = () => window.close();
  if ((await channelName(secret)) === channel) {
    const found = JSON.parse(response);
    port.postMessage(found ? { type: "response", response: found } : { type: "failed" });
  }
}
