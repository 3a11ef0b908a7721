/** What a benchmark has found, and what it may be at most; `null`: it has no goal. */
export interface Measured {
  what: string;
  value: number;
  unit: "ms" | "%" | "KiB" | "MiB" | "s";
  atMost: number | null;
}

/** Draws what was measured as lines. */
export function drawMeasured(all: Measured[]): string {
  const width = Math.max(...all.map(({ what }) => what.length));
  return all
    .map(({ what, value, unit, atMost }) => {
      const found = `${what.padEnd(width)} ${value.toFixed(value < 100 ? 1 : 0).padStart(7)} ${unit}`;
      if (atMost === null) return found;
      return `${found}, at most ${atMost} ${unit}${value > atMost ? ": MISSED" : ""}`;
    })
    .join("\n");
}

/** Whether all that has a goal reaches it. */
export function isReached(all: Measured[]): boolean {
  return all.every(({ value, atMost }) => atMost === null || value <= atMost);
}
