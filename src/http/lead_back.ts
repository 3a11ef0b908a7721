import { RefusedRequest } from "../errors.ts";

/** Runs `act`. A refusal in it leads back to the page at `path`. */
export function leadBackTo<Result>(path: string, act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    if (error instanceof RefusedRequest) error.returnPath = path;
    throw error;
  }
}
