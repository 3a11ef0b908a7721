import { enterPath, PATHS } from "../../src/paths.ts";
import { SITES } from "./foyer_process.ts";
import type { PersonActName, RequestWish } from "./model/ask.ts";

/** A request as it goes over the wire, without cookies. */
export interface WireRequest {
  method: string;
  path: string;
  headers?: Record<string, string>;
  body?: string | URLSearchParams;
}

const ACTS: Record<PersonActName, [method: string, rest: string]> = {
  disable: ["PUT", "/disabled"],
  enable: ["DELETE", "/disabled"],
  add_admin: ["PUT", "/administrator"],
  remove_admin: ["DELETE", "/administrator"],
  end_sessions: ["DELETE", "/sessions"],
  delete: ["DELETE", ""],
};

/** How a wish is said in HTTP. */
export function toWire(wish: RequestWish): WireRequest {
  switch (wish.kind) {
    case "look":
      return { method: "GET", path: "/htmx/content.secret1" };
    case "visit":
      return { method: "GET", path: PATHS.verify, headers: { "x-foyer-origin": SITES[wish.site] } };
    case "enter":
      return { method: "GET", path: enterPath(`${SITES[wish.site]}/`) };
    case "status":
      return { method: "GET", path: PATHS.isAuthenticated };
    case "navbar":
      return { method: "GET", path: PATHS.navbar };
    case "go":
      return { method: "GET", path: `${PATHS.google}?return=${PATHS.page}` };
    case "sign_in":
      return signInRequest(wish);
    case "sign_out":
      return { method: "POST", path: PATHS.logout };
    case "end_session":
      return { method: "DELETE", path: `${PATHS.accountSessions}/${wish.sessionId}` };
    case "end_sessions":
      return {
        method: "DELETE",
        path: `${PATHS.accountSessions}${wish.areOthersOnly ? "?except=this" : ""}`,
      };
    case "delete_account":
      return { method: "DELETE", path: PATHS.account };
    case "person_act": {
      const [method, rest] = ACTS[wish.act];
      return { method, path: `${PATHS.people}/${wish.personId}${rest}` };
    }
    case "invite":
      return {
        method: "POST",
        path: PATHS.invitations,
        body: new URLSearchParams({ email: wish.email }),
      };
    case "revoke_invitation":
      return {
        method: "DELETE",
        path: `${PATHS.invitations}?${new URLSearchParams({ email: wish.email })}`,
      };
    case "bind":
      return {
        method: "POST",
        path: PATHS.binding,
        headers: { "secure-session-response": wish.token },
      };
    case "refresh":
      return {
        method: "POST",
        path: PATHS.bindingRefresh,
        headers: {
          "sec-secure-session-id": wish.sessionId,
          ...(wish.token === null ? {} : { "secure-session-response": wish.token }),
        },
      };
    case "event":
      return {
        method: "POST",
        path: PATHS.risc,
        headers: { "content-type": "application/secevent+jwt" },
        body: wish.event.token,
      };
  }
}

/** Our script posts to one address, a form of Google's comes to another. */
function signInRequest({ credential, way, state }: RequestWish & { kind: "sign_in" }): WireRequest {
  const { token } = credential;
  if (way === "link") {
    const body = new URLSearchParams({ id_token: token, state });
    return { method: "POST", path: PATHS.callback, body };
  }
  if (way === "post") {
    const body = new URLSearchParams({ credential: token, select_by: "btn" });
    return { method: "POST", path: PATHS.login, body };
  }
  const g_csrf_token = "the-same-in-the-cookie";
  const body = new URLSearchParams({ credential: token, g_csrf_token, state: PATHS.page });
  return {
    method: "POST",
    path: PATHS.callback,
    headers: { cookie: `g_csrf_token=${g_csrf_token}` },
    body,
  };
}
