import { openChannel } from "../channel.ts";

// The button's frame: sends its size and its clicks to the page.
const { origin = "", id = "" } = document.body.dataset;
const button = document.querySelector("button");
if (button) {
  const { port } = await openChannel(parent, { id, origin });
  // In a hidden tab a frame has no layout, and all sizes are 0.
  new ResizeObserver(() => {
    const { width, height } = button.getBoundingClientRect();
    if (width === 0) return;
    port.postMessage({
      type: "resize",
      width: Math.ceil(width) + 4,
      height: Math.ceil(height) + 4,
    });
  }).observe(button);
  button.addEventListener("click", () => port.postMessage({ type: "clicked" }));
}
