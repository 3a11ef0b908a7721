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
  trigger?: "btn" | "itp";
}

/** A flow's address, and how its answer comes back. */
export interface OpenFlow {
  url: string;
  channel: string;
  close: () => void;
}

/** A channel that only this page can prove to own. */
export interface Channel {
  secret: string;
  channel: string;
}

/** Makes a channel's secret, and its name from it. */
export async function createChannel(): Promise<Channel> {
  const secret = crypto.randomUUID();
  return { secret, channel: await channelName(secret) };
}

/** Listens on a channel of its own, and makes the address to open with it. */
export async function openFlow(
  path: string,
  flow: Flow,
  answer: (response: Response | null) => void,
): Promise<OpenFlow> {
  return listen(path, { ...flow, ...(await createChannel()) }, answer);
}

/** As {@linkcode openFlow}, on a channel that is there already. */
export function listen(
  path: string,
  { base, configuration, state = "", trigger = "btn", secret, channel }: Flow & Channel,
  answer: (response: Response | null) => void,
): OpenFlow {
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
    trigger,
    auto_select: String(configuration.auto_select === true),
  });
  return { url: `${base}${path}?${query}`, channel, close };
}
