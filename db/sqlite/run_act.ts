import { type Act, Query, type Work } from "../act.ts";

/** Runs an act to its end. SQLite is synchronous, so no other code runs in between. */
export function runAct<Outcome>(act: Act<Outcome>): Outcome {
  let step = act.next();
  while (!step.done) step = act.next(execute(step.value));
  return step.value;
}

/** Runs a query, or an act. */
export function runWork<Outcome>(work: Work<Outcome>): Outcome {
  return work instanceof Query ? execute(work) : runAct(work());
}

/** Runs one query. A missing row is `null`. */
export function execute<Result>({ prepare, method, params }: Query<Result>): Result {
  const result = prepare()[method](params);
  return (method === "get" ? (result ?? null) : result) as Result;
}
