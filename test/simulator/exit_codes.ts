/** The exit code of a run in which the application did not do what the model foretells. */
export const FOUND = 3;
