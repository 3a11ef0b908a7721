import type { RefusalCode, SecurityEventErrorCode } from "../errors.ts";

/** How an attempt to sign in ended. */
export type SignInOutcome = "signed_in" | RefusalCode;

/** What happened to what binds a session to a device. `missing`: a request came without its bound cookie. */
export const BINDING_OUTCOMES = [
  "offered",
  "bound",
  "refreshed",
  "challenged",
  "refused",
  "unknown",
  "busy",
  "missing",
] as const;

export type BindingOutcome = (typeof BINDING_OUTCOMES)[number];

/** Why browsers send a request without the bound cookie. */
export const SKIP_REASONS = ["unreachable", "server_error", "quota_exceeded", "other"] as const;

export type SkipReason = (typeof SKIP_REASONS)[number];

/** Is told what happens, for the metrics. */
export interface Counts {
  countSignIn(outcome: SignInOutcome): void;
  countRefusal(code: RefusalCode | SecurityEventErrorCode): void;
  countBinding(outcome: BindingOutcome): void;
  countSkipped(reason: SkipReason): void;
}

/** Where nobody wants metrics. */
export const UNCOUNTED: Counts = {
  countSignIn() {},
  countRefusal() {},
  countBinding() {},
  countSkipped() {},
};
