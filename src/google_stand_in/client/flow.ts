import { acceptChannel, channelName } from "./channel.ts";

type Configuration = google.accounts.id.IdConfiguration;
type Response = google.accounts.id.CredentialResponse & { state?: string };

/** Where a flow goes and what for. */
export interface Flow {
  base: string;
  configuration: Configuration;
  state?: string | undefined;
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
  { base, configuration, state = "" }: Flow,
  answer: (response: Response) => void,
): Promise<OpenFlow> {
  const secret = crypto.randomUUID();
  const channel = await channelName(secret);
  const close = acceptChannel({ id: channel, origin: base, secret }, (message) => {
    if (message.type !== "response") return;
    close();
    answer(message.response);
  });
  const query = new URLSearchParams({
    client_id: configuration.client_id,
    origin: location.origin,
    nonce: configuration.nonce ?? "",
    login_hint: configuration.login_hint ?? "",
    channel,
    state,
  });
  return { url: `${base}${path}?${query}`, channel, close };
}
