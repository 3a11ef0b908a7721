import { CLIENT_ID } from "../fixture.ts";

/** Where an application asks from. */
export const ORIGIN = "http://localhost:3000";

/** What a popup is opened with. */
export const flow = { client_id: CLIENT_ID, origin: ORIGIN, nonce: "n", channel: "c" };

/** The same in redirect mode. */
export const redirect = {
  ...flow,
  ux_mode: "redirect",
  login_uri: `${ORIGIN}/login`,
  g_csrf_token: "t",
};

/** What an authorization request asks for. */
export const link = {
  client_id: CLIENT_ID,
  redirect_uri: `${ORIGIN}/callback`,
  response_type: "id_token",
  response_mode: "form_post",
  scope: "openid",
  nonce: "n",
};
