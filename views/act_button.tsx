import { Html, type PropsWithChildren } from "@elysiajs/html";

export interface ActButtonProps {
  method: "post" | "put" | "delete";
  path: string;
  /** What is done cannot be undone. */
  isDangerous?: boolean;
  /** The id of a question that it closes, so that a refusal is seen. */
  closes?: string;
}

/** A refusal is said below the navigation bar; what is shown stays as it is. */
export const SWAP_NO_REFUSAL = { "hx-status:4xx": "swap:none", "hx-status:5xx": "swap:none" };

/** A button that changes something on the server, and gets the content anew. */
export function ActButton({
  method,
  path,
  isDangerous = false,
  closes,
  children,
}: PropsWithChildren<ActButtonProps>) {
  const request = { [`hx-${method}`]: path };
  const closing = closes ? { popovertarget: closes, popovertargetaction: "hide" } : {};
  return (
    <button
      type="button"
      class={isDangerous ? "button dangerous" : "button"}
      {...request}
      {...closing}
      hx-target="#content_section"
      hx-swap="outerHTML"
      hx-sync="this:drop"
      {...SWAP_NO_REFUSAL}
    >
      {children as "safe"}
    </button>
  );
}

/** A button that asks once more before it does what cannot be undone; `id` is the question's. */
export function AskingButton({
  id,
  label,
  question,
  act,
  children,
}: PropsWithChildren<{ id: string; label: string; question: string; act: ActButtonProps }>) {
  return (
    <>
      <button type="button" class="button dangerous" popovertarget={id} safe>
        {label}
      </button>
      <div id={id} class="question" popover role="dialog" aria-labelledby={`${id}_title`}>
        <h2 id={`${id}_title`} safe>
          {question}
        </h2>
        {children as "safe"}
        <p class="buttons">
          <ActButton {...act} isDangerous={true} closes={id}>
            <span safe>{label}</span>
          </ActButton>
          <button type="button" class="button" popovertarget={id} popovertargetaction="hide">
            Leave it
          </button>
        </p>
      </div>
    </>
  );
}
