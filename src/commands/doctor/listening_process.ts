import { readdirSync, readFileSync, readlinkSync } from "node:fs";

const TABLES = ["/proc/net/tcp", "/proc/net/tcp6"];
const LISTENING = "0A";

/**
 * How many files the process may open that listens on `port`, as far as this user may look into it; else `null`.
 *
 * @see https://www.kernel.org/doc/html/latest/networking/proc_net_tcp.html
 */
export function readOpenFilesLimit(port: number): number | null {
  const sockets = new Set(TABLES.flatMap((table) => listeningSockets(table, port)));
  if (sockets.size === 0) return null;
  for (const id of readFolder("/proc").filter((name) => /^\d+$/.test(name))) {
    const files = readFolder(`/proc/${id}/fd`).map((name) => readLink(`/proc/${id}/fd/${name}`));
    if (!files.some((file) => sockets.has(file))) continue;
    const limit = /^Max open files +(\d+)/m.exec(readText(`/proc/${id}/limits`))?.[1];
    return limit === undefined ? null : Number(limit);
  }
  return null;
}

/** The sockets that listen on `port`, as links of a process name them. */
function listeningSockets(table: string, port: number): string[] {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  return readText(table)
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local, , state]) => local?.endsWith(suffix) && state === LISTENING)
    .map((fields) => `socket:[${fields[9]}]`);
}

// Processes end while one reads, and those of others cannot be read.

function readFolder(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

function readLink(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return "";
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
