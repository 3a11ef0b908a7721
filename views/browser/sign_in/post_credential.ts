import { PAGE_PATHS, pageOfPath } from "../../../src/paths.ts";
import { isOurs } from "../page/answer.ts";
import { readSentence, showMessage } from "../page/message.ts";
import { readShownSession } from "../session/shown_session.ts";
import { expectPerson } from "../session/sign_in_focus.ts";
import { readRefusal, type RefusalCard, showRefusal } from "./refusal.ts";
import { endSigningIn, showSigningIn } from "./signing_in.ts";

/** The ID token and the sign-in method. */
interface GoogleResponse {
  credential: string;
  select_by?: string;
}

/** Who sends Google's answer: the person's choice, their click on "Try again", or our script by itself. */
type Cause = "choice" | "click" | "itself";

/** Google's callback: posts the ID token to the server, then updates the page or shows the refusal. */
export async function onSignIn(response: GoogleResponse): Promise<void> {
  await signIn(response, "choice");
}

async function signIn(response: GoogleResponse, cause: Cause): Promise<void> {
  showSigningIn();
  const answer = await postCredential(response);
  endSigningIn({ isSignedIn: answer === "signed in" });
  const retry = () => void signIn(response, "click");
  if (answer === "signed in") {
    // The page of a refused request or of a sign-out has nothing to show them.
    if (pageOfPath(location.pathname) === null) return location.assign(readReturnPath());
    showMessage("");
    expectPerson();
  } else if (answer === "unreachable") {
    showMessage(readSentence("unreachable"), { retry });
  } else {
    showRefusal(answer, {
      isByItself: cause === "itself",
      isFirst: cause === "choice",
      retry,
      // Somebody may have signed in meanwhile, in another tab.
      retryByItself: () => void (readShownSession() === "" && signIn(response, "itself")),
    });
  }
  // A refused nonce is useless. Reloading the navigation bar brings a new one.
  if (answer === "signed in" || isNonceRefused(answer)) {
    document.dispatchEvent(new CustomEvent("LoginStatusChange"));
  }
}

/** Where the link in the place of the button leads back to, on our own origin only. */
function readReturnPath(): string {
  const link = document.querySelector<HTMLAnchorElement>("google-slot a");
  const path = link && new URL(link.href).searchParams.get("return");
  const target = URL.parse(path || PAGE_PATHS.page, location.origin);
  return target?.origin === location.origin ? target.href : PAGE_PATHS.page;
}

type Answer = "signed in" | "unreachable" | RefusalCard;

function isNonceRefused(answer: Answer): boolean {
  return typeof answer !== "string" && answer.dataset.refusal?.startsWith("nonce_") === true;
}

async function postCredential({ credential, select_by = "" }: GoogleResponse): Promise<Answer> {
  try {
    const body = new URLSearchParams({ credential, select_by });
    // The refusal is asked for as a card that can stand in this page.
    const headers = { Accept: "text/html", "HX-Current-URL": location.href };
    const response = await fetch(PAGE_PATHS.login, { method: "POST", headers, body });
    if (!isOurs(response)) return "unreachable";
    const text = await response.text();
    if (!response.ok) return readRefusal(text) ?? "unreachable";
    // A good answer may be cut, too: then it is no JSON.
    JSON.parse(text);
    return "signed in";
  } catch {
    return "unreachable";
  }
}
