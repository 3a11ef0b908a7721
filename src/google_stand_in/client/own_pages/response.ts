import { channelId, openChannel } from "../channel.ts";

// The end of a flow, in a popup or the One Tap card. Only the page that started it gets the response.
const { origin = "", channel = "", response = "null" } = document.body.dataset;
const page = window.opener ?? (parent === window ? null : parent);
if (page) {
  const { port, secret } = await openChannel(page, { id: channel, origin });
  // A popup must not close before the page confirms: the message would be lost.
  if (window.opener) port.onmessage = () => window.close();
  if ((await channelId(secret)) === channel) {
    const found = JSON.parse(response);
    port.postMessage(found ? { type: "response", response: found } : { type: "failed" });
  }
}
