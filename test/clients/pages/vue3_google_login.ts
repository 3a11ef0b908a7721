import { createApp, h } from "vue";
import plugin, {
  decodeCredential,
  googleAuthCodeLogin,
  GoogleLogin,
  googleLogout,
  googleOneTap,
  googleTokenLogin,
} from "vue3-google-login";

import { note, options } from "./note.ts";

// As the README of vue3-google-login shows it. `show` says which part.

const callback = (response: { credential: string }) => {
  note("responses", response);
  note("decoded", decodeCredential(response.credential));
};
const error = (failure: unknown) => note("errors", failure);

const noteError = (failure: unknown) => note("errors", failure);
const button = (id: string, onClick: () => void) => h("button", { id, onClick }, id);

const PARTS = {
  buttons: () => [h(GoogleLogin, { callback }), button("logout", googleLogout)],
  prompt: () => h(GoogleLogin, { callback, error, prompt: true }),
  one_tap: () => button("one_tap", () => void googleOneTap().then(callback, noteError)),
  access_token: () => [
    button("token", () => void googleTokenLogin().then(noteError, noteError)),
    button("code", () => void googleAuthCodeLogin().then(noteError, noteError)),
  ],
};

createApp({ render: PARTS[options.show as keyof typeof PARTS] })
  .use(plugin, { clientId: options.client_id ?? "" })
  .mount("#app");
