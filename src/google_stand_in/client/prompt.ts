import { openChannel } from "./channel.ts";

// The One Tap card: the choice is a form; closing it is told to the page.
const { origin = "", id = "" } = document.body.dataset;
const { port } = await openChannel(parent, { id: `${id}.card`, origin });
const { height } = document.body.getBoundingClientRect();
port.postMessage({ type: "resize", width: 360, height: Math.ceil(height) });
document
  .getElementById("close")
  ?.addEventListener("click", () => port.postMessage({ type: "closed" }));
