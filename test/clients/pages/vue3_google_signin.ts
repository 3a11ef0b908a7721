import { createApp, defineComponent, h } from "vue";
import plugin, {
  GoogleSignInButton,
  useCodeClient,
  useOneTap,
  useTokenClient,
} from "vue3-google-signin";

import { note, noteMoment, options } from "./note.ts";

// As the documentation of vue3-google-signin shows it. `show` says which part.

const onSuccess = (response: unknown) => note("responses", response);
const onError = (failure?: unknown) => note("errors", failure);

const Buttons = defineComponent(() => () => h(GoogleSignInButton, { onSuccess, onError }));

const OneTap = defineComponent(() => {
  useOneTap({
    onSuccess,
    onError: () => onError(),
    onPromptMomentNotification: noteMoment as never,
  });
  return () => null;
});

const AccessToken = defineComponent(() => {
  const error_callback = (failure: unknown) => note("errors", failure);
  const token = useTokenClient({ onSuccess, onError, error_callback } as never);
  const code = useCodeClient({ onSuccess, onError, error_callback } as never);
  return () => [
    h("button", { id: "token", disabled: !token.isReady.value, onClick: () => token.login() }),
    h("button", { id: "code", disabled: !code.isReady.value, onClick: () => code.login() }),
  ];
});

const PARTS = { buttons: Buttons, one_tap: OneTap, access_token: AccessToken };
createApp(PARTS[options.show as keyof typeof PARTS])
  .use(plugin, { clientId: options.client_id ?? "" })
  .mount("#app");
