import { describeUnreachable } from "./describe_unreachable.ts";
import { FIREFOX } from "./engines.ts";

describeUnreachable(FIREFOX);
