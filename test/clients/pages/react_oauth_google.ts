import {
  GoogleLogin,
  type GoogleLoginProps,
  googleLogout,
  GoogleOAuthProvider,
  hasGrantedAllScopesGoogle,
  useGoogleLogin,
  useGoogleOneTapLogin,
} from "@react-oauth/google";
import { createElement, StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { note, noteMoment, options } from "./note.ts";

// As the README of @react-oauth/google shows it, in StrictMode. `show` says which part.

const onSuccess = (response: unknown) => note("responses", response);
const onError = () => note("errors", "error");

function Buttons() {
  const { width, login_uri, hosted_domain, fedcm } = options;
  const props = {
    onSuccess,
    onError,
    ...(width ? { width } : {}),
    ...(hosted_domain ? { hosted_domain } : {}),
    ...(login_uri ? { ux_mode: "redirect" as const, login_uri, state: "the state" } : {}),
    ...(fedcm ? { use_fedcm_for_button: true } : {}),
  } as GoogleLoginProps;
  return [
    createElement(GoogleLogin, { ...props, key: "one" }),
    options.icon ? createElement(GoogleLogin, { ...props, key: "two", type: "icon" }) : null,
    createElement("button", { key: "out", id: "logout", onClick: googleLogout }, "Sign out"),
  ];
}

function OneTap() {
  const { hosted_domain } = options;
  useGoogleOneTapLogin({
    onSuccess,
    onError,
    promptMomentNotification: noteMoment,
    ...(hosted_domain ? { hosted_domain } : {}),
  });
  return null;
}

function AccessToken() {
  const asked = { onSuccess, onError, onNonOAuthError: (error: unknown) => note("errors", error) };
  const token = useGoogleLogin(asked);
  const code = useGoogleLogin({ ...asked, flow: "auth-code" });
  const check = () => note("errors", hasGrantedAllScopesGoogle({} as never, "openid"));
  return [
    createElement("button", { key: "token", id: "token", onClick: () => token() }, "Token"),
    createElement("button", { key: "code", id: "code", onClick: () => code() }, "Code"),
    createElement("button", { key: "scopes", id: "scopes", onClick: check }, "Scopes"),
  ];
}

const PARTS = { buttons: Buttons, one_tap: OneTap, access_token: AccessToken };
const part = PARTS[options.show as keyof typeof PARTS];
const app = createElement(GoogleOAuthProvider, {
  clientId: options.client_id ?? "",
  ...(options.locale ? { locale: options.locale } : {}),
  onScriptLoadSuccess: () => note("loaded", true),
  children: createElement(part),
});
createRoot(document.getElementById("app") as HTMLElement).render(
  createElement(StrictMode, null, app),
);
