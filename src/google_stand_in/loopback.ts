/** Whether `target` is an address on this machine: the stand-in serves and writes to nobody else. */
export function isLoopbackUrl(target: unknown): target is string {
  const url = typeof target === "string" ? URL.parse(target) : null;
  return (
    url !== null &&
    /^https?:$/.test(url.protocol) &&
    /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname)
  );
}
