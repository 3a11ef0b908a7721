import { ANONYMOUS_STATES, REFUSED_STATES } from "./anonymous_states.ts";
import { APPLICATION_STATES } from "./application_states.ts";
import { ASKED_AGAIN_STATES } from "./asked_again_states.ts";
import { ADMIN_STATES, MEMBER_STATES } from "./signed_in_states.ts";
import { SIGNED_OUT_STATES } from "./signed_out_states.ts";
import type { State } from "./state.ts";

/** Every state of the interface, in groups that do not disturb each other: each begins with a scene of its own. */
export const STATES: Record<string, State[]> = {
  anonymous: ANONYMOUS_STATES,
  refused: REFUSED_STATES,
  signed_out: SIGNED_OUT_STATES,
  application: APPLICATION_STATES,
  asked_again: ASKED_AGAIN_STATES,
  member: MEMBER_STATES,
  admin: ADMIN_STATES,
};
