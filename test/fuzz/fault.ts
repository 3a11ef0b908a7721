/** A guard that is broken by hand: `from` becomes `to`, and a target must notice. */
export interface Fault {
  what: string;
  file: string;
  from: string;
  to: string;
  target: string;
}
