import { describeStates } from "./describe_states.ts";

describeStates("application");
