import { Html } from "@elysiajs/html";

/** A time in milliseconds since 1970, in UTC, so that it is the same for whoever compares. */
export function Time({ at }: { at: number }) {
  const iso = new Date(at).toISOString();
  return (
    <time datetime={iso} safe>
      {`${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`}
    </time>
  );
}
