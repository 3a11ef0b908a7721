import { describeStates } from "./describe_states.ts";

describeStates("signed_out");
