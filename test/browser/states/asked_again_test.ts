import { describeStates } from "./describe_states.ts";

describeStates("asked_again");
