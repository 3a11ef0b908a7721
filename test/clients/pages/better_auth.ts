import { createAuthClient } from "better-auth/client";
import { oneTapClient } from "better-auth/client/plugins";

import { note, noteMoment, options } from "./note.ts";

// As the documentation of better-auth's One Tap shows it. `show` says which part.

const client = createAuthClient({
  plugins: [oneTapClient({ clientId: options.client_id ?? "" })],
});

const fetchOptions = {
  onSuccess: async () => {
    const { data } = await client.getSession();
    note("sessions", data?.user.email);
  },
  onError: ({ error }: { error: unknown }) => note("errors", error),
};

const slot = document.createElement("div");
document.getElementById("app")?.append(slot);
const asButton = { button: { container: slot, config: { type: "standard" as const } } };
await client.oneTap({
  fetchOptions,
  onPromptNotification: (moment) => moment && noteMoment(moment as never),
  ...(options.show === "buttons" ? asButton : {}),
});
