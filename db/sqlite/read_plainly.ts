import type { Statement } from "bun:sqlite";

import { Column, is, noopDecoder, Param, Placeholder, SQL } from "drizzle-orm";

import type { Prepared } from "../act.ts";

type Values = Record<string, unknown>;
type Decoder = { mapFromDriverValue(value: unknown): unknown };

/** What Drizzle prepares for bun:sqlite, as far as it is needed here. */
interface DrizzlePrepared {
  stmt: Statement;
  query: { params: unknown[] };
  fields?: { path: string[]; field: Column | SQL | SQL.Aliased }[];
}

/** Where a value of a row goes: a name, with the position in the row or the names within it. */
interface Place {
  name: string;
  index: number;
  decoder: Decoder | null;
  within: Place[] | null;
}

/**
 * A statement that binds values and reads rows as Drizzle does, after a plan that is made once. Drizzle looks at the type
 * of each value and of each column again for every row, which takes as long as SQLite needs to find it.
 */
export function readPlainly<P extends Prepared>(prepared: P): P {
  const { stmt, query, fields = [] } = prepared as unknown as DrizzlePrepared;
  const parameters = query.params.map(planParameter);
  const places = planPlaces(fields);
  const bind = (values: Values = {}) => parameters.map((valueOf) => valueOf(values)) as never[];
  const plain: Prepared = {
    run: (values) => stmt.run(...bind(values)),
    all: (values) => stmt.values(...bind(values)).map((row) => readRow(places, row)),
    get(values) {
      const row = stmt.values(...bind(values))[0];
      return row && readRow(places, row);
    },
  };
  return plain as P;
}

/** How a parameter is bound: a placeholder's value, encoded where it is one for a column, or what is always the same. */
function planParameter(parameter: unknown): (values: Values) => unknown {
  if (is(parameter, Placeholder)) return (values) => valueOf(values, parameter);
  if (!is(parameter, Param) || !is(parameter.value, Placeholder)) return () => parameter;
  const { encoder, value } = parameter;
  return (values) => encoder.mapToDriverValue(valueOf(values, value));
}

function valueOf(values: Values, { name }: Placeholder): unknown {
  if (name in values) return values[name];
  throw new Error(`There is no value for the placeholder "${name}"`);
}

function planPlaces(fields: NonNullable<DrizzlePrepared["fields"]>): Place[] {
  const places: Place[] = [];
  for (const [index, { path, field }] of fields.entries()) {
    let [among, rest] = [places, path];
    for (; rest.length > 1; rest = rest.slice(1)) among = placesWithin(among, rest[0] as string);
    among.push({ name: rest[0] as string, index, decoder: decoderOf(field), within: null });
  }
  return places;
}

function placesWithin(places: Place[], name: string): Place[] {
  const known = places.find((place) => place.name === name);
  if (known?.within) return known.within;
  const within: Place[] = [];
  places.push({ name, index: -1, decoder: null, within });
  return within;
}

/** What makes a column's type of SQLite's; `null` if they are the same. */
function decoderOf(field: Column | SQL | SQL.Aliased): Decoder | null {
  if (is(field, Column)) {
    const isPlain = field.mapFromDriverValue === Column.prototype.mapFromDriverValue;
    return isPlain ? null : field;
  }
  const { decoder } = (is(field, SQL) ? field : field.sql) as unknown as { decoder: Decoder };
  return decoder === noopDecoder ? null : decoder;
}

function readRow(places: Place[], row: unknown[]): Values {
  const read: Values = {};
  for (const { name, index, decoder, within } of places) {
    const value = within ? readRow(within, row) : row[index];
    read[name] = decoder && value !== null ? decoder.mapFromDriverValue(value) : value;
  }
  return read;
}
