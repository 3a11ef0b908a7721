import { PATHS } from "../../../src/paths.ts";
import { showMessage } from "../page/message.ts";

/** The signed token, and Google's word for the way that the person took. */
interface GoogleResponse {
  credential: string;
  select_by?: string;
}

/** Google's callback: posts the signed token to the server, and tells the page what became of it. */
export async function onSignIn(response: GoogleResponse): Promise<void> {
  const refusal = await postCredential(response);
  showMessage(refusal ? refusal.detail : "");
  // A nonce that was refused is of no more use: the navigation bar brings a new one.
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
    return response.ok ? null : await response.json();
  } catch {
    return { code: "unreachable", detail: "The server cannot be reached. Please try again." };
  }
}
