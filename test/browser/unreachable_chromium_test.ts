import { describeUnreachable } from "./describe_unreachable.ts";
import { CHROMIUM } from "./engines.ts";

describeUnreachable(CHROMIUM);
