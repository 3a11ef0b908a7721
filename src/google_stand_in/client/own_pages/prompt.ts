import { type ChannelMessage, openChannel } from "../channel.ts";

// The One Tap card: sends its size and clicks to the page. A form posts the choice.
const { origin = "", id = "" } = document.body.dataset;
const { port } = await openChannel(parent, { id: `${id}.card`, origin });
const send = (message: ChannelMessage) => port.postMessage(message);
const { height } = document.body.getBoundingClientRect();
send({ type: "resize", width: 360, height: Math.ceil(height) });
document.getElementById("close")?.addEventListener("click", () => send({ type: "closed" }));
document.getElementById("continue")?.addEventListener("click", () => send({ type: "clicked" }));
