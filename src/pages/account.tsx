import { Html } from "@elysiajs/html";

import { AccountPage } from "../../views/pages/account.tsx";
import { translate } from "../../views/words/words.ts";
import { peoplePolicy, sitesOf } from "../auth/admission.ts";
import { isRecent } from "../auth/session_policy.ts";
import { RefusedRequest } from "../errors.ts";
import { requireRecordableExport } from "../http/cross_origin.ts";
import { allowedPicture } from "../http/security_headers.ts";
import { ACCOUNT, pagePath, PATHS } from "../paths.ts";
import { clearSessionCookies } from "../session/session_cookies.ts";
import { dispositionOf, writeExport } from "./account_export.ts";
import { readActivity } from "./describe_activity.ts";
import { describeBrowser, describeOwnSessions } from "./describe_session.ts";
import { sendDownload } from "./download.ts";
import type { MemberContext, MemberPage, PageRoutes, RouteContext } from "./page.ts";
import { sayDone } from "./say_done.ts";
import { sendSignedOut } from "./signed_out.tsx";

type Context = MemberContext & RouteContext;

/** More events than people look through; the download has all of them. */
const MAX_EVENTS = 100;
const DAY_MS = 86_400_000;

/** A person's own account: their devices, what happened to it, and their data. */
export const ACCOUNT_PAGE: MemberPage = {
  name: ACCOUNT,
  title: ({ account }) => account.title,
  description: ({ account }) => account.description,
  icon: "account",
  audience: "members",
  address: PATHS.account,
  // The account menu links to it.
  isHiddenInMenu: true,
  draw: drawAccount,
  routes: (page) => {
    page.delete("/sessions/:id", (context) => endSession(context, page));
    page.delete("/sessions", (context) => endSessions(context, page));
    page.get("/export", exportAccount);
    page.delete("", deleteAccount, { needsRecentSignIn: true });
  },
};

async function drawAccount(context: MemberContext): Promise<string> {
  const { store, config, words, now, signedIn } = context;
  const { user, sessionId, createdAt, isAdmin } = signedIn;
  const { accountRetentionMs } = config;
  const found = await store.listSessions({ userId: user.id, now: now() });
  const sessions = describeOwnSessions(found, { thisId: sessionId, words });
  const person = {
    name: user.name,
    email: user.email,
    picture: allowedPicture(user.picture, config),
    createdAt: (await store.findPerson(user.id))?.createdAt ?? createdAt,
    isAdmin,
  };
  return (
    <AccountPage
      words={words}
      person={person}
      method={sessions.find(({ isThisOne }) => isThisOne)?.method ?? ""}
      sites={sitesOf(signedIn, config)}
      sessions={sessions}
      events={await readActivity(context, MAX_EVENTS)}
      isRecent={isRecent(signedIn, now())}
      keptDays={accountRetentionMs === null || isAdmin ? null : accountRetentionMs / DAY_MS}
    />
  );
}

async function endSession(context: Context, page: PageRoutes<MemberContext>) {
  const { store, words, log, loginEvents, now, signedIn, params, audit } = context;
  const { id = "" } = params;
  const userId = signedIn.user.id;
  const session = (await store.listSessions({ userId, now: now() })).find((one) => one.id === id);
  if (!(await store.endOwnSession({ userId, sessionId: id, thisId: signedIn.sessionId }, audit))) {
    throw new RefusedRequest("not_found", { detail: words.devices.isSignedOut });
  }
  log("info", "signed_out", { user: userId, session: id });
  loginEvents.publish(userId);
  if (id === signedIn.sessionId) return sendOwnSignOut(context);
  sayDone(context.set, words.devices.signedOut(describeBrowser(session?.userAgent ?? "", words)));
  return page.redraw();
}

async function endSessions(context: Context, page: PageRoutes<MemberContext>) {
  const { store, log, loginEvents, signedIn, query, audit } = context;
  const isOthersOnly = query.get("except") === "this";
  const exceptId = isOthersOnly ? signedIn.sessionId : null;
  const { user, sessionId: thisId } = signedIn;
  const count = await store.endSessionsOf({ userId: user.id, exceptId, thisId }, audit);
  if (count > 0) {
    log("info", "signed_out", { user: user.id, count });
    loginEvents.publish(user.id);
  }
  if (!isOthersOnly) return sendOwnSignOut(context);
  sayDone(context.set, context.words.devices.othersSignedOut(count));
  return page.redraw();
}

function sendOwnSignOut(context: Context) {
  const left = { title: translate(ACCOUNT_PAGE.title, context.words), path: pagePath(ACCOUNT) };
  return sendSignedOut({ name: context.signedIn.user.name, left }, context);
}

async function exportAccount(context: Context) {
  const { store, config, limits, words, now, signedIn, request, audit } = context;
  requireRecordableExport(request, config);
  limits.countExport(signedIn.user.id);
  const found = await store.exportPerson(signedIn.user.id, audit);
  if (!found) throw new RefusedRequest("not_found");
  const about = { store, config, words, now: now() };
  const download = {
    what: "own account",
    type: "application/json",
    disposition: dispositionOf(about),
    parts: writeExport(found, about),
  };
  return sendDownload(download, context);
}

async function deleteAccount(context: Context) {
  const { store, config, log, loginEvents, signedIn, audit, set } = context;
  const act = { userId: signedIn.user.id, policy: peoplePolicy(config) };
  const outcome = await store.deletePerson(act, audit);
  if (outcome === "last_administrator") throw new RefusedRequest(outcome);
  log("info", "account_deleted", { user: signedIn.user.id });
  loginEvents.publish(signedIn.user.id);
  await clearSessionCookies(set, config);
  return sendSignedOut("deleted", context);
}
