import { Html, type PropsWithChildren } from "@elysiajs/html";

import { attributeText } from "./attribute_text.ts";
import type { Words } from "./words/words.ts";

export interface ActButtonProps {
  method: "post" | "put" | "delete";
  path: string;
  /** The focus stays on the button with the same id in the reloaded page. Default: made of method and path. */
  id?: string;
  class?: string;
  /** What screen readers say, where the text alone does not say on what the button acts. */
  label?: string;
  /** The id of the dialog to close, so that a refusal is visible. */
  closes?: string;
}

/** The opposite of an act. A message sends it in the same way as a button of the page. */
export interface Undo extends Pick<ActButtonProps, "method" | "path"> {
  /** The form of a POST. */
  values?: Record<string, string>;
}

/** How an act answers: with the reloaded page. */
export const RELOADS_PAGE = {
  "hx-target": "#content_section",
  "hx-swap": "outerHTML",
  "hx-sync": "this:drop",
};

/** A refusal is shown as a message; the page stays. */
export const SWAP_NO_REFUSAL = { "hx-status:4xx": "swap:none", "hx-status:5xx": "swap:none" };

/** A button that changes something on the server and reloads the page. */
export function ActButton({
  method,
  path,
  id = `${method}_${path}`,
  class: className = "button",
  label,
  closes,
  children,
}: PropsWithChildren<ActButtonProps>) {
  const request = { [`hx-${method}`]: path };
  const closing = closes ? { commandfor: closes, command: "close" } : {};
  return (
    <button
      type="button"
      id={id}
      class={className}
      aria-label={label && attributeText(label)}
      {...request}
      {...closing}
      {...RELOADS_PAGE}
      {...SWAP_NO_REFUSAL}
    >
      {children as "safe"}
    </button>
  );
}

export interface AskingButtonProps {
  words: Words;
  /** The id of the dialog. */
  id: string;
  label: string;
  question: string;
  act: ActButtonProps;
  class?: string;
}

/**
 * A button that asks in a modal dialog before an act that cannot be undone. `children` says what it means. The
 * button's own id is that of the dialog with `_opener`.
 */
export function AskingButton({
  words,
  id,
  label,
  question,
  act,
  class: className = "button bad",
  children,
}: PropsWithChildren<AskingButtonProps>) {
  return (
    <>
      <button
        type="button"
        id={`${id}_opener`}
        class={className}
        commandfor={id}
        command="show-modal"
        safe
      >
        {`${label}…`}
      </button>
      <dialog id={id} aria-labelledby={`${id}_title`}>
        <h2 id={`${id}_title`} safe>
          {question}
        </h2>
        {children as "safe"}
        <p class="line">
          <button type="button" class="button" commandfor={id} command="close" autofocus safe>
            {words.shell.cancel}
          </button>
          <ActButton class="button main bad" {...act} closes={id}>
            <span safe>{label}</span>
          </ActButton>
        </p>
      </dialog>
    </>
  );
}
