/** A message from a frame or popup of the stand-in to the page. */
export type ChannelMessage =
  | {
      type: "resize";
      width: number;
      height: number;
      verticalMargin?: number;
      horizontalMargin?: number;
    }
  | { type: "clicked" }
  | { type: "closed" }
  | { type: "failed" }
  | { type: "response"; response: google.accounts.id.CredentialResponse & { state?: string } };

/** In the page: connects the first window that is ready for `id`. Returns the function that disconnects. */
export function acceptChannel(
  { id, origin, secret }: { id: string; origin: string; secret: string },
  onMessage: (message: ChannelMessage) => void,
): () => void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = (event) => {
    port1.postMessage("received");
    onMessage(event.data as ChannelMessage);
  };
  function connect(event: MessageEvent): void {
    if (event.origin !== origin || event.data?.type !== "readyForConnect" || event.data.id !== id)
      return;
    removeEventListener("message", connect);
    event.source?.postMessage(
      { type: "channelConnect", id, secret },
      {
        targetOrigin: origin,
        transfer: [port2],
      },
    );
  }
  addEventListener("message", connect);
  return () => {
    removeEventListener("message", connect);
    port1.close();
  };
}

/** In a frame or popup: connects to the page at `origin`. Resolves with the port and the secret. */
export function openChannel(
  page: Window,
  { id, origin }: { id: string; origin: string },
): Promise<{ port: MessagePort; secret: string }> {
  return new Promise((resolve) => {
    addEventListener("message", function connect(event) {
      const [port] = event.ports;
      const isAnswer = event.origin === origin && event.source === page && event.data?.id === id;
      if (!isAnswer || event.data.type !== "channelConnect" || !port) return;
      removeEventListener("message", connect);
      resolve({ port, secret: String(event.data.secret) });
    });
    page.postMessage({ type: "readyForConnect", id }, origin);
  });
}

/** The id of a channel: the SHA-256 of `secret`, in hex. The secret proves who owns the channel. */
export async function channelId(secret: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(secret));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
