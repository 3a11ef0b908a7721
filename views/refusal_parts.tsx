import { Html } from "@elysiajs/html";

import type { Contact } from "../src/config_brand.ts";
import type { RefusalFacts } from "../src/errors.ts";
import { ADMIN_PEOPLE, pagePath, PATHS } from "../src/paths.ts";
import type { RefusalKind, RefusalStep } from "./refusal_steps.ts";
import { type RefusalParts, say } from "./refusal_words.ts";
import { GoogleLink } from "./sign_in/google_link.tsx";
import { Time } from "./time.tsx";
import type { Words } from "./words/words.ts";

/** A refusal as a person sees it. */
export interface RefusalProps {
  words: Words;
  kind: RefusalKind;
  status: number;
  /** The id of the request in the log. */
  requestId: string;
  facts: RefusalFacts;
  /** Words of its own, in the place of those of its kind. */
  detail: string | null;
  /** The page to return to after the next sign-in. */
  path: string;
  /** Where "Try again" and "Reload" lead; "" is the address that the browser shows. */
  retryPath: string;
  support: Contact | null;
}

/** The title of a refusal. */
export function RefusalTitle({ words, kind, detail, ...props }: RefusalProps) {
  if (detail !== null) return <span safe>{detail}</span>;
  return <>{say(words.refusals[kind].title, partsOf({ words, ...props })) as "safe"}</>;
}

/** What a refusal says below its title, if anything. */
export function RefusalText({ words, kind, detail, ...props }: RefusalProps) {
  const { text } = words.refusals[kind];
  if (detail !== null || text === undefined) return <></>;
  return <p id="refusal_text">{say(text, partsOf({ words, ...props })) as "safe"}</p>;
}

type RefusalPartsProps = Pick<RefusalProps, "words" | "facts" | "support">;

/** The parts of the words as HTML. */
function partsOf({ words, facts, support }: RefusalPartsProps): RefusalParts {
  const { email, disabledAt } = facts;
  return {
    email: email === undefined ? null : String(<Account email={email} />),
    date: disabledAt === undefined ? null : String(<Time words={words} at={disabledAt} as="day" />),
    contact: support && String(<ContactLink support={support} label={support.label} />),
  };
}

function Account({ email }: { email: string }) {
  return (
    <b>
      <bdi safe>{email}</bdi>
    </b>
  );
}

function ContactLink({ support, label }: { support: Contact; label: string }) {
  return (
    <a href={support.href} safe>
      {label}
    </a>
  );
}

/** The links of a refusal; the first of them is the obvious one. */
export function RefusalLinks({ steps, ...props }: StepsProps & { steps: readonly RefusalStep[] }) {
  const offered = steps.filter((step) => step !== "contact" || props.support);
  if (offered.length === 0) return <></>;
  return (
    <p class="line">
      {offered.map((step, index) => (
        <StepLink {...props} step={step} isFirst={index === 0} />
      ))}
    </p>
  );
}

type StepsProps = Pick<RefusalProps, "words" | "path" | "retryPath" | "support">;

interface StepLinkProps extends StepsProps {
  step: RefusalStep;
  isFirst: boolean;
}

function StepLink({ words, step, path, retryPath, support, isFirst }: StepLinkProps) {
  const { steps } = words;
  const look = isFirst ? "button main" : "button";
  if (step === "contact") {
    return (
      <a class={look} href={support?.href} safe>
        {steps.writeTo(support?.label ?? "")}
      </a>
    );
  }
  if (step === "sign_in" || step === "another_account") {
    return (
      <GoogleLink class={look} path={path} isAnother={step === "another_account"}>
        <span safe>{steps[step]}</span>
      </GoogleLink>
    );
  }
  const targets = {
    google_account: "https://myaccount.google.com/",
    home: PATHS.page,
    reload: retryPath,
    retry: retryPath,
    people: pagePath(ADMIN_PEOPLE),
  };
  return (
    <a class={look} href={targets[step]} safe>
      {steps[step]}
    </a>
  );
}

/** Below the links: whom to write to, and for our own failures the number to send. */
export function RefusalFootnote({ words, kind, status, requestId, support }: RefusalProps) {
  const { writeTo, wantToJoin, stillNotWorking, requestNumber } = words.steps;
  const contact = support && <ContactLink support={support} label={writeTo(support.label)} />;
  if (kind === "sign_up_closed" && contact) {
    return <p class="fine">{wantToJoin(contact) as "safe"}</p>;
  }
  if (status !== 500) return <></>;
  return (
    <p class="muted fine">
      {(contact ? stillNotWorking(contact) : requestNumber) as "safe"}
      <br />
      <code safe>{requestId}</code>
    </p>
  );
}
