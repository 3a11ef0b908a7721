import { Html } from "@elysiajs/html";

import { attributeText } from "../attribute_text.ts";
import { Icon } from "../icon.tsx";
import type { LeftPage } from "../signed_out.tsx";
import type { Words } from "../words/words.ts";

export interface SignOutCardProps {
  words: Words;
  email: string;
  /** Whether signing out also closes protected applications. */
  hasApplications: boolean;
  /** Where the form is posted. */
  action: string;
  /** The application that the person came from. */
  back: LeftPage | null;
}

/** The question of an application that wants to sign a person out: one button. */
export function SignOutCard({ words, email, hasApplications, action, back }: SignOutCardProps) {
  const { question, account, everywhere, stay } = words.signOut;
  return (
    <section class="card center" aria-labelledby="sign_out_title">
      <Icon name="sign_out" size={2.25} />
      <h1 id="sign_out_title" tabindex="-1" safe>
        {question}
      </h1>
      <p>
        {
          account(
            <b>
              <bdi safe>{email}</bdi>
            </b>,
          ) as "safe"
        }
      </p>
      {hasApplications ? (
        <p class="muted" safe>
          {everywhere}
        </p>
      ) : null}
      <form method="post" action={action}>
        {back ? <input type="hidden" name="return" value={attributeText(back.path)} /> : null}
        <p class="line">
          <button type="submit" class="button main" safe>
            {words.shell.signOut}
          </button>
        </p>
      </form>
      {back ? (
        <p class="fine">
          <a href={attributeText(back.path)} safe>
            {stay(back.title)}
          </a>
        </p>
      ) : null}
    </section>
  );
}
