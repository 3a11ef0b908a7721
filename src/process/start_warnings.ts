import { existsSync } from "node:fs";

import type { Config, Environment } from "../config.ts";
import { describeCertificate } from "../config/tls.ts";
import { isLoopback } from "../config/values.ts";
import type { Log } from "../log.ts";

/** Files that Docker and Podman put into each container. */
const CONTAINER_FILES = ["/.dockerenv", "/run/.containerenv"];

/**
 * Whether this process runs in a container.
 *
 * @see https://systemd.io/CONTAINER_INTERFACE/
 */
export function isInContainer(
  { container }: Environment,
  exists: (path: string) => boolean = existsSync,
): boolean {
  return Boolean(container) || CONTAINER_FILES.some(exists);
}

interface Surroundings {
  log: Log;
  now: () => number;
  isInContainer: boolean;
}

/** Logs what a start allows, and nobody can have meant. */
export function warnAtStart(config: Config, { log, now, isInContainer }: Surroundings): void {
  const { host, origin, tls } = config;
  if (isInContainer && isLoopback(host)) {
    const isLocal = isLoopback(new URL(origin).hostname);
    const cure = `${isLocal ? "set ORIGIN to the public https origin, and " : "set "}HOST=0.0.0.0`;
    const cause = `Nothing outside this container reaches ${host}: ${cure}`;
    log("warn", "loopback_in_container", { host, cause });
  }
  const cause = tls && describeCertificate(tls, { origin, now: now() });
  if (cause) log("warn", "certificate_not_valid", { cause });
}
