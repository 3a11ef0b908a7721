/**
 * Groups the rows of tables by the reader's days; the server, which knows no zone, groups them by days in UTC. Views
 * mark such a table with `data-by_day` (views/pages/event_table.tsx). Each group begins with its heading.
 */
export function groupByDay(): void {
  for (const table of document.querySelectorAll<HTMLTableElement>("table[data-by_day]")) {
    delete table.dataset.by_day;
    group(table);
  }
}

function group(table: HTMLTableElement): void {
  const bodies = [...table.tBodies];
  const [first] = bodies;
  const rows = bodies.flatMap((body) => [...body.rows].slice(1));
  let [body, day] = [first, ""];
  for (const row of rows) {
    const { dateTime, title } = findTime(row);
    const ofRow = new Date(dateTime).toDateString();
    if (ofRow !== day) {
      body = table.appendChild(first?.cloneNode(false) as HTMLTableSectionElement);
      const heading = body.appendChild(first?.rows[0]?.cloneNode(true) as HTMLTableRowElement);
      Object.assign(findTime(heading), { dateTime, title });
      day = ofRow;
    }
    body?.append(row);
  }
  for (const old of bodies) old.remove();
}

function findTime(row: Element): HTMLTimeElement {
  return row.querySelector("time") as HTMLTimeElement;
}
