/** What a frame or popup of the stand-in's says over its channel. */
export type ChannelMessage =
  | { type: "resize"; width: number; height: number }
  | { type: "clicked" }
  | { type: "closed" }
  | { type: "failed" }
  | { type: "response"; response: google.accounts.id.CredentialResponse & { state?: string } };

/** In the page: answers the one window that says it is ready for `id`, and hears it from then on. */
export function acceptChannel(
  { id, origin, secret }: { id: string; origin: string; secret: string },
  hear: (message: ChannelMessage) => void,
): () => void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = (event) => {
    port1.postMessage("heard");
    hear(event.data as ChannelMessage);
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

/** In a frame or popup: asks the page at `origin` for a channel, and resolves with its end and secret. */
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

/** The name of a channel whose owner can prove that it is its own: the SHA-256 of `secret`, in hex. */
export async function channelName(secret: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(secret));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
