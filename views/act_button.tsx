import { Html, type PropsWithChildren } from "@elysiajs/html";

export interface ActButtonProps {
  method: "post" | "put" | "delete";
  path: string;
  /** Whether the act cannot be undone. */
  isDangerous?: boolean;
  /** The id of the dialog that it closes, so that the person sees a refusal. */
  closes?: string;
}

/** Swaps in nothing on a refusal: the message appears below the navigation bar, and the page stays. */
export const SWAP_NO_REFUSAL = { "hx-status:4xx": "swap:none", "hx-status:5xx": "swap:none" };

/** A button that changes something on the server and reloads the page. */
export function ActButton({
  method,
  path,
  isDangerous = false,
  closes,
  children,
}: PropsWithChildren<ActButtonProps>) {
  const request = { [`hx-${method}`]: path };
  const close = closes ? { popovertarget: closes, popovertargetaction: "hide" } : {};
  return (
    <button
      type="button"
      class={isDangerous ? "button dangerous" : "button"}
      {...request}
      {...close}
      hx-target="#content_section"
      hx-swap="outerHTML"
      hx-sync="this:drop"
      {...SWAP_NO_REFUSAL}
    >
      {children as "safe"}
    </button>
  );
}

/** A button that asks for confirmation before an act that cannot be undone. `id` is the dialog's id. */
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
