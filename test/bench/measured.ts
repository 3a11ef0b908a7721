import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";

/** What a benchmark has found, and what it may be at most; `null`: it has no goal. */
export interface Measured {
  what: string;
  value: number;
  unit: "ms" | "%" | "KiB" | "MiB" | "s";
  atMost: number | null;
}

/** Draws what was measured as lines. */
function drawMeasured(all: Measured[]): string {
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
function isReached(all: Measured[]): boolean {
  return all.every(({ value, atMost }) => atMost === null || value <= atMost);
}

/** Where something is measured: a folder of its own, and what is disposed of at the end. */
export interface MeasuringPlace {
  directory: string;
  resources: AsyncDisposableStack;
}

/** Measures as a command of its own: prints what was found, and ends with 1 if a goal was missed. */
export async function measureAlone(
  name: string,
  measure: (place: MeasuringPlace) => Promise<Measured[]>,
): Promise<never> {
  const resources = new AsyncDisposableStack();
  const directory = mkdtempSync(`${tmpdir()}/foyer_${name}_`);
  try {
    const measured = await measure({ directory, resources });
    console.info(drawMeasured(measured));
    process.exitCode = isReached(measured) ? 0 : 1;
  } finally {
    await resources.disposeAsync();
    rmSync(directory, { recursive: true });
  }
  process.exit();
}
