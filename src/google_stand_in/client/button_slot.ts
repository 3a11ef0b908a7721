import { acceptChannel } from "./channel.ts";
import type { ButtonLook, Flow } from "./flow.ts";

const MAX_WIDTH_PX = 400;

let count = 0;

interface Button {
  flow: Flow;
  look: ButtonLook;
  language: string | null;
  onClick: () => void;
}

/** Draws the button's frame into `parent` and replaces its content. */
export function drawButton(parent: HTMLElement, button: Button): void {
  count += 1;
  const id = `gsi_${Date.now() % 1_000_000}_${count}`;
  const { base } = button.flow;
  const frame = document.createElement("iframe");
  const container = document.createElement("div");
  container.className = "S9gUrf-YoZ4jf";
  container.style.position = "relative";
  frame.id = id;
  frame.title = "Sign in with Google Button";
  frame.allow = "identity-credentials-get";
  Object.assign(frame.style, {
    display: "block",
    position: "relative",
    top: "0px",
    left: "0px",
    width: "0px",
    height: "0px",
    border: "0px",
    colorScheme: "light",
  });
  acceptChannel({ id, origin: base, secret: "" }, (message) => {
    if (message.type === "clicked") button.onClick();
    if (message.type !== "resize") return;
    const { width, height, verticalMargin = 0, horizontalMargin = 0 } = message;
    frame.style.width = `${width}px`;
    frame.style.height = `${height}px`;
    frame.style.margin = `${verticalMargin}px ${horizontalMargin}px`;
  });
  frame.src = `${base}/gsi/button?${writeQuery(id, button)}`;
  container.append(frame);
  parent.replaceChildren(container);
}

function writeQuery(id: string, { flow, look, language }: Button): URLSearchParams {
  const { nonce, state, locale = language, width, ...rest } = look;
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(rest)) {
    if (typeof value === "string") query.set(name, value);
  }
  const pixels = readWidth(width);
  if (pixels) query.set("width", String(pixels));
  if (locale) query.set("hl", locale);
  query.set("client_id", flow.configuration.client_id);
  query.set("iframe_id", id);
  query.set("origin", location.origin);
  return query;
}

/** The width in pixels: a number, or its text with or without the unit. Google ignores any other. */
function readWidth(width: unknown): number | undefined {
  if (width === undefined || width === "") return undefined;
  const pixels = Number(String(width).replace(/px$/, ""));
  if (pixels > 0) return Math.min(pixels, MAX_WIDTH_PX);
  console.warn(`[GSI_LOGGER]: Provided button width is invalid: ${width}`);
  return undefined;
}
