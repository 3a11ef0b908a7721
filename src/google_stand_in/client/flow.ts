import { acceptChannel, channelName } from "./channel.ts";

/** What `initialize` was given; the types of Google's script lack one member. */
export type Configuration = google.accounts.id.IdConfiguration & { button_auto_select?: boolean };
/** What the callback is given. */
export type Response = google.accounts.id.CredentialResponse & { state?: string };

/** Where a flow goes and what for. */
export interface Flow {
  base: string;
  configuration: Configuration;
  state?: string | undefined;
  /** `itp` where the prompt began it. */
  way?: "btn" | "itp";
}

/** A flow's address, and how its answer comes back. */
export interface OpenFlow {
  url: string;
  channel: string;
  close: () => void;
}

/** Prepares a channel that only this page can prove to own, and the address to open with it. */
export async function openFlow(
  path: string,
  { base, configuration, state = "", way = "btn" }: Flow,
  answer: (response: Response | null) => void,
): Promise<OpenFlow> {
  const secret = crypto.randomUUID();
  const channel = await channelName(secret);
  const close = acceptChannel({ id: channel, origin: base, secret }, (message) => {
    if (message.type !== "response" && message.type !== "failed") return;
    close();
    answer(message.type === "response" ? message.response : null);
  });
  const query = new URLSearchParams({
    client_id: configuration.client_id,
    origin: location.origin,
    nonce: configuration.nonce ?? "",
    login_hint: configuration.login_hint ?? "",
    channel,
    state,
    way,
    auto_select: String(configuration.auto_select === true),
  });
  return { url: `${base}${path}?${query}`, channel, close };
}
