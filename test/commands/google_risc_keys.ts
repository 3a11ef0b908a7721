import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { KeyFile } from "../../src/google_stand_in/risc_accounts.ts";
import { sharedStandIn } from "../fixture.ts";

/** A folder for key files. */
export interface KeyFolder {
  path: string;
  /** A key file for a project of its own at the stand-in, and that project's client. */
  createKey(): Promise<{ clientId: string; content: KeyFile; path: string }>;
  /** Writes any other file there, and tells its path. */
  write(name: string, text: string): string;
  remove(): void;
}

/** An empty folder for the key files of one test file. */
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
