import fc from "fast-check";

/** One change of an object: a member is set, comes a second time, or is left out. */
interface Change {
  how: "set" | "twice" | "out";
  name: string;
  /** JSON; `@60` is the time 60 seconds from now, in seconds since 1970. */
  value: string;
}

/** What happens to an object on its way to JSON text, and then to the text. */
export interface Changes {
  members: Change[];
  text: "as it is" | "mark" | "behind" | "cut" | "list" | "spaces" | "bytes";
}

const TEXTS = ["mark", "behind", "cut", "list", "spaces", "bytes"] as const;

/** Changes of some of `names` to some of `values` or any JSON. */
export function changes(names: string[], values: string[]): fc.Arbitrary<Changes> {
  const any = fc.json({ maxDepth: 2 });
  const value = fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...values) },
    { weight: 1, arbitrary: any },
  );
  const change = fc.record({
    how: fc.constantFrom(
      "set" as const,
      "set" as const,
      "set" as const,
      "twice" as const,
      "out" as const,
    ),
    name: fc.constantFrom(...names),
    value,
  });
  return fc.record({
    members: fc.array(change, { maxLength: 2 }),
    text: fc.oneof(
      { weight: 30, arbitrary: fc.constant("as it is" as const) },
      { weight: 1, arbitrary: fc.constantFrom(...TEXTS) },
    ),
  });
}

/** The object as JSON text with the changes made; `nowS` is in seconds since 1970. */
export function writeJson(
  object: Record<string, unknown>,
  { members, text }: Changes,
  nowS: number,
): Buffer {
  let all = Object.entries(object).map(([name, value]): [string, string] => [
    name,
    JSON.stringify(value),
  ]);
  for (const { how, name, value } of members) {
    const json = value.startsWith("@") ? String(nowS + Number(value.slice(1))) : value;
    if (how !== "twice") all = all.filter(([other]) => other !== name);
    if (how !== "out") all.push([name, json]);
  }
  const json = `{${all.map(([name, value]) => `${JSON.stringify(name)}:${value}`).join(",")}}`;
  switch (text) {
    case "as it is":
      return Buffer.from(json);
    case "mark":
      return Buffer.from(`\ufeff${json}`);
    case "behind":
      return Buffer.from(`${json}{}`);
    case "cut":
      return Buffer.from(json.slice(0, -1));
    case "list":
      return Buffer.from(`[${json}]`);
    case "spaces":
      return Buffer.from(` \n${json}\t `);
    case "bytes":
      return Buffer.concat([Buffer.from(json.slice(0, -1)), Buffer.from(',"z":"\xff"}', "latin1")]);
  }
}

/** What a decoder makes of JSON text: an object, or `null`. `isOdd` if decoders may differ. */
export function readJson(part: string): { object: Record<string, unknown> | null; isOdd: boolean } {
  const bytes = Buffer.from(part, "base64url");
  const isOdd = bytes.toString("base64url") !== part || bytes[0] === 0xef;
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return { object: isObject ? (value as Record<string, unknown>) : null, isOdd };
  } catch {
    // A decoder that is not strict may still read the object.
    return { object: null, isOdd: bytes.includes(0xff) };
  }
}

/** As {@linkcode changes}, but in three of four cases none, so that what follows is reached. */
export function fewChanges(names: string[], values: string[]): fc.Arbitrary<Changes> {
  return fc.oneof(
    { weight: 3, arbitrary: fc.constant<Changes>({ members: [], text: "as it is" }) },
    { weight: 1, arbitrary: changes(names, values) },
  );
}
