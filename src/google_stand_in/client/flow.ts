import { acceptChannel, channelId } from "./channel.ts";

/** The argument of `initialize`, with members that Google's types lack. */
export type Configuration = google.accounts.id.IdConfiguration & {
  button_auto_select?: boolean;
  /** The names of claims for the ID token, with spaces or commas between them. */
  essential_claims?: string;
  /** Other names of `login_hint` and `hd`, which Google's script takes without documenting them. */
  hint?: string;
  hosted_domain?: string;
  state?: string;
};

/** The options of a button, with members that Google's types lack. */
export type ButtonLook = Omit<google.accounts.id.GsiButtonConfiguration, "click_listener"> & {
  /** Wins over the nonce of the client. */
  nonce?: string;
  click_listener?: (clicked: { nonce: string | undefined; state: string | undefined }) => void;
};

/** The argument of the callback. */
export type Response = google.accounts.id.CredentialResponse & { state?: string };

/** A sign-in flow that the page starts. */
export interface Flow {
  /** The origin of the stand-in. */
  base: string;
  configuration: Configuration;
  /** OIDC's parameter `claims`, or "". */
  claims: string;
  state?: string | undefined;
  /** `itp` if the One Tap card of a browser with tracking prevention started it. */
  trigger?: "btn" | "itp";
}

/** The URL of a started flow, and the channel that its response arrives on. */
export interface OpenFlow {
  url: string;
  channel: string;
  close: () => void;
}

/** The id of a channel, and the secret that proves who owns it. */
export interface Channel {
  secret: string;
  channel: string;
}

/** Creates a secret, and the channel id from it. */
export async function createChannel(): Promise<Channel> {
  const secret = crypto.randomUUID();
  return { secret, channel: await channelId(secret) };
}

/** Listens on a new channel. Resolves with the URL to open. */
export async function openFlow(
  path: string,
  flow: Flow,
  onResponse: (response: Response | null) => void,
): Promise<OpenFlow> {
  return listen(path, { ...flow, ...(await createChannel()) }, onResponse);
}

/** Like {@linkcode openFlow}, on an existing channel. */
export function listen(
  path: string,
  { base, configuration, claims, state = "", trigger = "btn", secret, channel }: Flow & Channel,
  onResponse: (response: Response | null) => void,
): OpenFlow {
  const close = acceptChannel({ id: channel, origin: base, secret }, (message) => {
    if (message.type !== "response" && message.type !== "failed") return;
    close();
    onResponse(message.type === "response" ? message.response : null);
  });
  const query = new URLSearchParams({
    client_id: configuration.client_id,
    origin: location.origin,
    nonce: configuration.nonce ?? "",
    login_hint: configuration.login_hint ?? "",
    hd: configuration.hd ?? "",
    claims,
    channel,
    state,
    trigger,
    auto_select: String(configuration.auto_select === true),
  });
  return { url: `${base}${path}?${query}`, channel, close };
}
