const NUMBERS = new Intl.NumberFormat("en");

/** A number as people write it: 5,002. */
export function formatNumber(value: number): string {
  return NUMBERS.format(value);
}
