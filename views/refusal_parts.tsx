import { Html } from "@elysiajs/html";

import type { Contact } from "../src/config/brand.ts";
import type { RefusalFacts } from "../src/errors.ts";
import { nameProofs } from "./proof_names.ts";
import type { RefusalKind } from "./refusal_steps.ts";
import { type RefusalParts, say } from "./refusal_words.ts";
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
  const { email, disabledAt, site, proofs } = facts;
  return {
    email: email === undefined ? null : String(<Account email={email} />),
    site: site === undefined ? null : String(<SiteName name={site} />),
    proofs: proofs === undefined ? null : String(<Proofs words={words} names={proofs} />),
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

function SiteName({ name }: { name: string }) {
  return <bdi safe>{name}</bdi>;
}

function Proofs({ words, names }: { words: Words; names: readonly string[] }) {
  return <b safe>{words.formats.either(nameProofs(names, words))}</b>;
}

function ContactLink({ support, label }: { support: Contact; label: string }) {
  return (
    <a href={support.href} safe>
      {label}
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
