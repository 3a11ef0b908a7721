import { isLoopback } from "../config/values.ts";

/** Whether `target` is an http or https URL on this machine. The stand-in sends data to no other. */
export function isLoopbackUrl(target: unknown): target is string {
  const url = typeof target === "string" ? URL.parse(target) : null;
  return url !== null && /^https?:$/.test(url.protocol) && isLoopback(url.hostname);
}
