import { Html } from "@elysiajs/html";

/** Shows a time in milliseconds since 1970, in UTC, so that people can compare it. */
export function Time({ at }: { at: number }) {
  const iso = new Date(at).toISOString();
  return (
    <time datetime={iso} safe>
      {`${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`}
    </time>
  );
}
