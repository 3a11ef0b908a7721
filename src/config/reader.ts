/** Reads one variable with `parse`, or its default. */
export type ReadVariable = <T>(name: string, parse: (text: string) => T, fallback: T) => T;

/** Creates what reads a variable; a mistake is added to the list, and the default is read. */
export function createReader(
  env: Record<string, string | undefined>,
  mistakes: string[],
): ReadVariable {
  return (name, parse, fallback) => {
    const text = env[name];
    if (text === undefined || text === "") return fallback;
    try {
      return parse(text);
    } catch (error) {
      mistakes.push(`${name} ${(error as Error).message}`);
      return fallback;
    }
  };
}
