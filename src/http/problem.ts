import { nameProofs } from "../../views/proof_names.ts";
import { obviousStep, type StepTarget } from "../../views/refusal_links.tsx";
import type { RefusalProps } from "../../views/refusal_parts.tsx";
import { describeRefusal } from "../../views/refusal_words.ts";
import type { RefusalCode, RefusedRequest } from "../errors.ts";

/** The content type of a problem document. */
export const PROBLEM_TYPE = "application/problem+json";

/** A problem document (RFC 9457); `code` is our extension, `instance` is the id of the request in the log. */
export interface Problem {
  type: "about:blank";
  title: string;
  status: number;
  code: RefusalCode;
  detail: string;
  instance: string;
  /** The refused account, for the person whom Google has verified as its owner. */
  email?: string;
  /** The parameter that is wrong. */
  parameter?: string;
  /** What a person can do next, other than to try again, where our page shows a message. */
  step?: StepTarget;
}

/** The problem document of `error`, which `props` describe for people. */
export function problemDocument(
  { code, status, person }: RefusedRequest,
  { isAct, ...props }: RefusalProps & { isAct: boolean },
): Problem {
  const { kind, words, detail, facts, requestId, support } = props;
  const step = isAct ? obviousStep(props) : null;
  const parts = {
    email: facts.email ?? null,
    site: facts.site ?? null,
    proofs: facts.proofs ? words.formats.either(nameProofs(facts.proofs, words)) : null,
    date: facts.disabledAt === undefined ? null : words.formats.day(facts.disabledAt),
    contact: support?.label ?? null,
  };
  return {
    type: "about:blank",
    title: code.replaceAll("_", " "),
    status,
    code,
    detail: detail ?? describeRefusal(words.refusals[kind], parts),
    instance: `urn:uuid:${requestId}`,
    ...(person ? { email: person.email } : {}),
    ...(step ? { step } : {}),
    ...(facts.parameter ? { parameter: facts.parameter } : {}),
  };
}
