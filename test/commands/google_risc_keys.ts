import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { KeyFile } from "../../src/google_stand_in/risc_accounts.ts";
import { sharedStandIn } from "../fixture.ts";

/** A folder for key files. */
export interface KeyFolder {
  path: string;
  /** Creates a key file for a new project at the stand-in, and the client id of the project. */
  createKey(): Promise<{ clientId: string; content: KeyFile; path: string }>;
  /** Writes another file there; returns its path. */
  write(name: string, text: string): string;
  remove(): void;
}

/** Creates an empty folder for the key files of one test file. */
export function createKeyFolder(): KeyFolder {
  const folder = mkdtempSync(join(tmpdir(), "foyer-risc-"));

  function write(name: string, text: string): string {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  }

  return {
    path: folder,
    async createKey() {
      const clientId = `client-${crypto.randomUUID()}`;
      const content = await (await sharedStandIn()).createServiceAccount(clientId);
      return { clientId, content, path: write(`${clientId}.json`, JSON.stringify(content)) };
    },
    write,
    remove: () => rmSync(folder, { recursive: true }),
  };
}
