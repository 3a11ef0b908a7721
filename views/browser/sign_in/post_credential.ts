import { PATHS } from "../../../src/paths.ts";
import { isOurs } from "../page/answer.ts";
import { readSentence, showMessage } from "../page/message.ts";
import { expectPerson } from "../session/sign_in_focus.ts";

/** The ID token and the sign-in method. */
interface GoogleResponse {
  credential: string;
  select_by?: string;
}

/** Google's callback: posts the ID token to the server, then updates the page or shows the refusal. */
export async function onSignIn(response: GoogleResponse): Promise<void> {
  const refusal = await postCredential(response);
  const again = refusal?.code === "unreachable" ? () => void onSignIn(response) : undefined;
  showMessage(refusal?.detail ?? "", again);
  if (refusal === null) expectPerson();
  // A refused nonce is useless. Reloading the navigation bar brings a new one.
  if (refusal === null || refusal.code.startsWith("nonce_")) {
    document.dispatchEvent(new CustomEvent("LoginStatusChange"));
  }
}

async function postCredential({
  credential,
  select_by = "",
}: GoogleResponse): Promise<{ code: string; detail: string } | null> {
  try {
    const body = new URLSearchParams({ credential, select_by });
    const response = await fetch(PATHS.login, { method: "POST", body });
    if (!isOurs(response)) throw new Error("The answer is not ours");
    // Also a good answer is read to its end: it may be cut.
    const answer = await response.json();
    return response.ok ? null : answer;
  } catch {
    return { code: "unreachable", detail: readSentence("unreachable") };
  }
}
