import type { RefusalKind } from "../../views/refusal_steps.ts";
import { describeRefusal } from "../../views/refusal_words.ts";
import type { Words } from "../../views/words/words.ts";
import type { Contact } from "../config_brand.ts";
import type { RefusalCode, RefusedRequest } from "../errors.ts";

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
}

/** The problem document of `error`; `requestId` is the id of the request in the log. */
export function problemDocument(
  { code, status, detail, facts, person }: RefusedRequest,
  {
    kind,
    words,
    requestId,
    support,
  }: { kind: RefusalKind; words: Words; requestId: string; support: Contact | null },
): Problem {
  const parts = {
    email: facts.email ?? null,
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
    ...(facts.parameter ? { parameter: facts.parameter } : {}),
  };
}
