import { openChannel } from "../channel.ts";

// The button's frame: tells the page how large it is, and when it was clicked.
const { origin = "", id = "" } = document.body.dataset;
const button = document.querySelector("button");
if (button) {
  const { port } = await openChannel(parent, { id, origin });
  // A frame in a tab that is not shown has no layout yet: everything in it measures 0.
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
