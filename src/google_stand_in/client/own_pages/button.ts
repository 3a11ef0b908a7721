import { openChannel } from "../channel.ts";

// The button's frame: sends its size and its clicks to the page. Google's frame is larger than its button, so
// that the outline of the focus fits; negative margins take the difference back.
const FRAME_HEIGHT_PX = 44;
const SIDE_PX = 10;

const { origin = "", id = "", width } = document.body.dataset;
const button = document.querySelector("button");
if (button) {
  if (width) button.style.width = `${width}px`;
  const connected = openChannel(parent, { id, origin });
  // A click may come before the page has answered.
  button.addEventListener("click", async () => {
    const { port } = await connected;
    port.postMessage({ type: "clicked" });
  });
  const { port } = await connected;
  const sendSize = () => {
    const size = button.getBoundingClientRect();
    // In a hidden tab or slot a frame has no layout, and all sizes are 0.
    if (size.width === 0) return;
    port.postMessage({
      type: "resize",
      width: Math.ceil(size.width) + 2 * SIDE_PX,
      height: FRAME_HEIGHT_PX,
      verticalMargin: (size.height - FRAME_HEIGHT_PX) / 2,
      horizontalMargin: -SIDE_PX,
    });
  };
  // An observer alone would wait until a frame below the window is scrolled into it.
  sendSize();
  new ResizeObserver(sendSize).observe(button);
}
