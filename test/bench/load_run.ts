import { PATHS } from "../../src/paths.ts";
import { type KeptConnection, openConnection } from "./load_client.ts";
import { readRequest, type SignInOptions } from "./requests.ts";
import type { Member } from "./seed.ts";
import { type LoadMember, visit } from "./visits.ts";

/** Who visits which server, and how often in all. */
export interface LoadOptions {
  port: number;
  signIn: SignInOptions;
  members: Member[];
  requests: number;
  random: () => number;
  connections?: number;
  /** Called after each answer with how many there were. */
  onAnswer?: (count: number) => void;
}

/** What was seen. */
export interface LoadReport {
  /** Milliseconds of each answer, by kind of request. */
  times: Map<string, number[]>;
  /** Answers that were wrong, lost or another's. */
  faults: string[];
  /** Members who are signed in at the end, by the model and by the server. */
  signedIn: { expected: number; found: number };
  /** How many answers brought a session's next token. */
  renewed: number;
  seconds: number;
}

const CONNECTIONS = 16;
const MOST_FAULTS = 20;

/** Lets members visit side by side, each on one connection, and checks every answer. */
export async function runLoad(options: LoadOptions): Promise<LoadReport> {
  const { port, signIn, random, requests, connections = CONNECTIONS, onAnswer } = options;
  const members: LoadMember[] = options.members.map((member) => ({ ...member, isIn: true }));
  const times = new Map<string, number[]>();
  const faults: string[] = [];
  let asked = 0;
  let answered = 0;
  let renewed = 0;
  const begun = performance.now();
  const opened = await Promise.all(Array.from({ length: connections }, () => openConnection(port)));
  await Promise.all(
    opened.map((connection, index) =>
      visitInTurn(
        connection,
        members.filter((_, number) => number % connections === index),
      ),
    ),
  );
  const seconds = (performance.now() - begun) / 1000;
  const [last] = opened;
  const found = last && faults.length === 0 ? await countSignedIn(last) : 0;
  for (const connection of opened) connection.close();
  const expected = members.filter(({ isIn }) => isIn).length;
  return { times, faults, signedIn: { expected, found }, renewed, seconds };

  async function visitInTurn(connection: KeptConnection, own: LoadMember[]): Promise<void> {
    while (asked < requests) {
      for (const member of own) {
        if (asked >= requests || faults.length >= MOST_FAULTS) return;
        asked += 1;
        const { kind, ms, fault, isRenewed } = await visit(connection, { member, signIn, random });
        times.getOrInsertComputed(kind, () => []).push(ms);
        if (fault) faults.push(fault);
        if (isRenewed) renewed += 1;
        answered += 1;
        onAnswer?.(answered);
      }
    }
  }

  /** Everybody's state as the server knows it: nobody is lost, and nobody is left. */
  async function countSignedIn(connection: KeptConnection): Promise<number> {
    let sum = 0;
    for (const { token, isIn, name } of members) {
      const request = readRequest(signIn.host, { path: PATHS.isAuthenticated, token });
      const { status } = await connection.ask(request);
      if (status === 200) sum += 1;
      if ((status === 200) !== isIn) faults.push(`In the end ${name} is answered with ${status}`);
    }
    return sum;
  }
}

/** The table of how long answers took, as text. */
export function drawTimes(times: LoadReport["times"]): string {
  const rows = [["", "answers", "50 %", "90 %", "99 %", "99.9 %", "longest (ms)"]];
  for (const [kind, all] of times) {
    const sorted = all.toSorted((one, other) => one - other);
    const at = (share: number) =>
      (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1);
    rows.push([kind, String(all.length), at(0.5), at(0.9), at(0.99), at(0.999), at(1)]);
  }
  return rows
    .map(([kind = "", ...cells]) =>
      [kind.padEnd(18), ...cells.map((cell) => cell.padStart(9))].join(""),
    )
    .join("\n");
}
