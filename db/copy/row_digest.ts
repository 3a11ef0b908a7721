import type { Row } from "./read_rows.ts";

const MODULUS = 2n ** 256n;

/** What all rows of a table come to, in whatever order they are read: how many, and the sum of their hashes. */
export interface RowDigest {
  add(row: Row): void;
  /** Equal for equal rows. */
  readonly text: string;
  readonly count: number;
}

/** Creates the digest of no rows. */
export function createRowDigest(): RowDigest {
  let count = 0;
  let sum = 0n;
  return {
    add(row) {
      count += 1;
      const hash = Bun.SHA256.hash(JSON.stringify(row), "hex");
      sum = (sum + BigInt(`0x${hash}`)) % MODULUS;
    },
    get text() {
      return `${count}:${sum.toString(16)}`;
    },
    get count() {
      return count;
    },
  };
}
