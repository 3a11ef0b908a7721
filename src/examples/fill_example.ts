/** What the examples are filled with. */
export interface Filling {
  /** The text for each `{{name}}`. */
  values: Record<string, string | number>;
  /** A line that holds `{{network}}` is repeated for each. */
  networks: readonly string[];
}

/** Fills a template; a line with nothing but an empty value is left out. Throws if it names something that there is not. */
export function fillExample(template: string, { values, networks }: Filling): string {
  const known: Record<string, string | number> = { ...values, networks: networks.join(" ") };
  return template
    .split("\n")
    .flatMap((line) =>
      line.includes("{{network}}")
        ? networks.map((network) => line.replace("{{network}}", () => network))
        : [line],
    )
    .filter((line) => known[/^\{\{(\w+)\}\}$/.exec(line)?.[1] ?? ""] !== "")
    .map((line) => line.replace(/\{\{(\w+)\}\}/g, (_, name: string) => valueOf(known, name)))
    .join("\n");
}

function valueOf(values: Record<string, string | number>, name: string): string {
  const value = values[name];
  if (value === undefined) throw new Error(`The template names {{${name}}}, which has no value`);
  return String(value);
}
