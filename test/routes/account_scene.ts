import { PATHS } from "../../src/paths.ts";
import { parseResponse } from "../dom.ts";
import { ADA, type Foyer, GRACE } from "../fixture.ts";
import type { Visitor } from "../visitor.ts";

/** A computer. */
export const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
/** A phone. */
export const IPHONE =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1";

/** The ids of the sessions that the visitor's account lists. */
export async function listSessions(visitor: Visitor): Promise<string[]> {
  const account = await parseResponse(await visitor.fragment("/htmx/account"));
  return [...account.querySelectorAll(".rows li[id]")].map(({ id }) => id.replace("session_", ""));
}

/** Sends a change from a page that shows the visitor's own session. */
export async function act(visitor: Visitor, path: string, method = "DELETE"): Promise<Response> {
  const session = await visitor.shownSession();
  return visitor.send(path, { method, headers: { "x-signed-in-as": session } });
}

/** Ada on two devices, and Grace. */
export async function createPeople(foyer: Foyer) {
  const [laptop, phone, grace] = [foyer.visitor(), foyer.visitor(), foyer.visitor()];
  await laptop.signIn(ADA);
  await phone.signIn(ADA);
  await grace.signIn(GRACE);
  return { laptop, phone, grace };
}

/** Signs in as Ada with the Google button of a browser. */
export async function signInFrom(visitor: Visitor, userAgent: string): Promise<void> {
  const credential = await visitor.credential(ADA);
  const body = new URLSearchParams({ credential, select_by: "btn" });
  await visitor.send(PATHS.login, {
    method: "POST",
    headers: { "user-agent": userAgent },
    body,
  });
}
