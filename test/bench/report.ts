/** One slice of each server, side by side, in requests a second. */
export interface Pair {
  binary: number;
  floor: number;
}

/** A request that is measured, and what share of the floor's speed the binary aims at. */
export interface Subject {
  name: string;
  aim: number;
}

const COLUMNS = ["", "ratio", "quartiles", "aim", "binary 1/s", "floor 1/s", ""];

/** The table of all subjects, as text. */
export function drawTable(measured: { subject: Subject; pairs: Pair[] }[]): string {
  return drawRows([COLUMNS, ...measured.map(drawRow)]);
}

/** Rows of equally many cells, the first with the columns' names, as text. */
export function drawRows(rows: string[][]): string {
  const widths = rows[0]?.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths?.[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function drawRow({ subject, pairs }: { subject: Subject; pairs: Pair[] }): string[] {
  const ratios = pairs.map(({ binary, floor }) => binary / floor);
  const median = quantile(ratios, 0.5);
  return [
    subject.name,
    median.toFixed(2),
    `${quantile(ratios, 0.25).toFixed(2)} to ${quantile(ratios, 0.75).toFixed(2)}`,
    subject.aim.toFixed(2),
    perSecond(pairs.map(({ binary }) => binary)),
    perSecond(pairs.map(({ floor }) => floor)),
    median < subject.aim ? "missed" : "met",
  ];
}

function perSecond(rates: number[]): string {
  return Math.round(quantile(rates, 0.5)).toLocaleString("en");
}

/** The value below which the share `at` of `values` lies, interpolated. */
export function quantile(values: number[], at: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const position = (sorted.length - 1) * at;
  const below = sorted[Math.floor(position)] ?? Number.NaN;
  const above = sorted[Math.ceil(position)] ?? Number.NaN;
  return below + (above - below) * (position % 1);
}
