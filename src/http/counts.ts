import type { RefusalCode, SecurityEventErrorCode } from "../errors.ts";

/** How an attempt to sign in ended. */
export type SignInOutcome = "signed_in" | RefusalCode;

/** Is told what happens, for the metrics. */
export interface Counts {
  countSignIn(outcome: SignInOutcome): void;
  countRefusal(code: RefusalCode | SecurityEventErrorCode): void;
}

/** Where nobody wants metrics. */
export const UNCOUNTED: Counts = { countSignIn() {}, countRefusal() {} };
