import { type ChannelMessage, openChannel } from "../channel.ts";

// The One Tap card: the choice is a form; closing it, and going on in a popup, are told to the page.
const { origin = "", id = "" } = document.body.dataset;
const { port } = await openChannel(parent, { id: `${id}.card`, origin });
const tell = (message: ChannelMessage) => port.postMessage(message);
const { height } = document.body.getBoundingClientRect();
tell({ type: "resize", width: 360, height: Math.ceil(height) });
document.getElementById("close")?.addEventListener("click", () => tell({ type: "closed" }));
document.getElementById("continue")?.addEventListener("click", () => tell({ type: "clicked" }));
