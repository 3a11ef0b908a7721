import { describe, expect, test } from "bun:test";

import { readConfig } from "../../src/config.ts";
import type { LogFields } from "../../src/log.ts";
import { isInContainer, warnAtStart } from "../../src/process/start_warnings.ts";

const PUBLIC = { ORIGIN: "https://app.example.com", GOOGLE_OAUTH2_CLIENT_ID: "client" };

/** What a start warns of. */
function warningsOf(env: Record<string, string>, isInContainer: boolean): string[] {
  const said: string[] = [];
  const log = (_level: string, event: string, fields?: LogFields) =>
    void said.push(`${event}: ${fields?.cause}`);
  const config = readConfig({ GOOGLE_OAUTH2_CLIENT_ID: "client", ...env });
  warnAtStart(config, { log, now: Date.now, isInContainer });
  return said;
}

describe("a start", () => {
  const ROWS: [env: Record<string, string>, isInContainer: boolean, cure: string | null][] = [
    [PUBLIC, true, "reaches 127.0.0.1: set HOST=0.0.0.0"],
    [{ ...PUBLIC, HOST: "::1" }, true, "reaches ::1: set HOST=0.0.0.0"],
    [{}, true, "reaches localhost: set ORIGIN to the public https origin, and HOST=0.0.0.0"],
    [{ ...PUBLIC, HOST: "0.0.0.0" }, true, null],
    [{ ...PUBLIC, HOST: "10.0.0.7" }, true, null],
    [PUBLIC, false, null],
  ];
  for (const [env, isIn, cure] of ROWS) {
    test(`${isIn ? "in a container" : "on a machine"} with ${JSON.stringify(env)}`, () => {
      const expected = `loopback_in_container: Nothing outside this container ${cure}`;
      expect(warningsOf(env, isIn)).toEqual(cure ? [expected] : []);
    });
  }

  const PLACES: [env: Record<string, string>, file: string, isIn: boolean][] = [
    [{}, "/.dockerenv", true],
    [{}, "/run/.containerenv", true],
    [{ container: "podman" }, "", true],
    [{ container: "" }, "", false],
    [{}, "/etc/passwd", false],
  ];
  for (const [env, file, isIn] of PLACES) {
    test(`is ${isIn ? "in" : "not in"} a container by ${JSON.stringify(env)} and ${file}`, () => {
      expect(isInContainer(env, (path) => path === file)).toBe(isIn);
    });
  }
});
