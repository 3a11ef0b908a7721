import type { Random } from "../src/machine.ts";

/** Random numbers that a seed decides, so that a run can be repeated (sfc32). */
export class Chance {
  #a: number;
  #b: number;
  #c = 0x9e3779b9;
  #counter = 1;

  constructor(seed: number) {
    this.#a = seed >>> 0;
    this.#b = (seed / 2 ** 32) >>> 0;
    for (let round = 0; round < 15; round += 1) this.next();
  }

  /** A whole number below 2³². */
  next(): number {
    const sum = (this.#a + this.#b + this.#counter) >>> 0;
    this.#counter = (this.#counter + 1) >>> 0;
    this.#a = (this.#b ^ (this.#b >>> 9)) >>> 0;
    this.#b = (this.#c + (this.#c << 3)) >>> 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) >>> 0;
    return sum;
  }

  /** A whole number from 0 to `count - 1`. */
  below(count: number): number {
    return this.next() % count;
  }

  /** True in so many of a hundred cases. */
  percent(share: number): boolean {
    return this.below(100) < share;
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)] as Item;
  }

  /** One of the keys of `weights`, as often as its weight says. */
  weighted<Name extends string>(weights: Record<Name, number>): Name {
    const entries = Object.entries<number>(weights) as [Name, number][];
    let rest = this.below(entries.reduce((sum, [, weight]) => sum + weight, 0));
    for (const [name, weight] of entries) {
      rest -= weight;
      if (rest < 0) return name;
    }
    throw new RangeError("No weights");
  }
}

/** Tokens, salts and ids that a seed decides. */
export function createRandom(seed: number): Random {
  const chance = new Chance(seed);
  const bytes = (count: number) => {
    const numbers = Uint32Array.from({ length: Math.ceil(count / 4) }, () => chance.next());
    return new Uint8Array(numbers.buffer).slice(0, count);
  };
  return {
    bytes,
    id() {
      const hex = bytes(16).toHex();
      return [8, 12, 16, 20, 32]
        .map((end, index, ends) => hex.slice(ends[index - 1] ?? 0, end))
        .join("-");
    },
  };
}

/** Numbers from 0 to 1, without 1, that a seed decides. */
export function createSeeded(seed: number): () => number {
  const chance = new Chance(seed);
  return () => chance.next() / 2 ** 32;
}
