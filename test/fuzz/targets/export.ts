import fc from "fast-check";

import { judgeAnswer, send } from "../exchange.ts";
import { hostileText } from "../hostile_text.ts";
import type { Scene } from "../scene.ts";
import { beginPerson, hostileEmail, type PersonData, type SignedPerson } from "../signed_person.ts";
import type { Target } from "../target.ts";

const FORMATS = ["csv", "jsonl", "account"] as const;

interface Case extends PersonData {
  format: (typeof FORMATS)[number];
}

/** Files with a person's data: each is whole, holds the texts as they came, and no formula. */
export function exportTarget(scene: Scene): Target<Case> {
  const formulas = fc.constantFrom(
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "＝1",
    " =1",
    "\u200b=1",
    '"=1',
    "'=1",
  );
  return {
    name: "export",
    round: 200,
    arbitrary: fc.record({
      format: fc.constantFrom(...FORMATS),
      name: fc.oneof(
        formulas,
        hostileText.filter((name) => name !== ""),
      ),
      email: hostileEmail,
      picture: fc.constant(null),
      userAgent: hostileText,
      network: fc.constantFrom("203.0.113.0/24", ""),
      method: fc.oneof(formulas, fc.constantFrom("btn", "")),
    }),
    check: (one) => check(scene, one),
  };
}

async function check(scene: Scene, one: Case): Promise<string | null> {
  const person = await beginPerson(scene, one);
  try {
    const answer = await send(scene, writeRequest(scene, one, person));
    const wrong = judgeAnswer(scene, answer, [person.token]);
    if (wrong) return wrong;
    const { response, text } = answer;
    if (response.status !== 200) return `answers ${response.status}`;
    if (!response.headers.get("content-disposition")?.startsWith("attachment; ")) return "no file";
    return READERS[one.format](text, one);
  } finally {
    await person.leave();
  }
}

function writeRequest({ browsers }: Scene, { format }: Case, { id, token }: SignedPerson): Request {
  const isOwn = format === "account";
  const path = isOwn ? "/account/export" : `/admin/record?format=${format}&person=${id}`;
  const cookie = `session_id=${isOwn ? token : browsers.admin.sessionToken}`;
  const headers = { cookie, "sec-fetch-site": "same-origin" };
  return new Request(`http://localhost${path}`, { headers });
}

type Reader = (text: string, person: Case) => string | null;

const READERS: Record<Case["format"], Reader> = {
  csv(text, { name, email }) {
    const rows = readCsv(text);
    if (rows.some((row) => row.length !== 11))
      return `a row of ${rows.map((row) => row.length)} cells`;
    const formula = rows.flat().find(isFormula);
    if (formula !== undefined) return `a formula: ${JSON.stringify(formula)}`;
    const own = rows.find(([, , kind]) => kind === "signed_in");
    const isAsItCame = [
      [own?.[5], name],
      [own?.[6], email],
    ].every(
      ([cell = "", came = ""]) =>
        cell === came.toWellFormed() || cell === `'${came.toWellFormed()}`,
    );
    return isAsItCame ? null : `holds ${JSON.stringify(own)}`;
  },

  jsonl(text, { name, email }) {
    const events = text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    const details = events.find(({ kind }) => kind === "signed_in")?.details;
    const isAsItCame =
      details?.name === name.toWellFormed() && details.email === email.toWellFormed();
    return isAsItCame ? null : `holds ${JSON.stringify(details)}`;
  },

  account(text, { name, email }) {
    const { person } = JSON.parse(text);
    const isAsItCame = person.name === name.toWellFormed() && person.email === email.toWellFormed();
    return isAsItCame ? null : `holds ${JSON.stringify(person)}`;
  },
};

/** The cells of a file as RFC 4180 has it: every cell in quotes here, but those of the head. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let [row, at]: [string[], number] = [[], 0];
  while (at < text.length) {
    const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
    cell.lastIndex = at;
    const [all, quoted, plain, after] = cell.exec(text) ?? [];
    if (all === undefined)
      throw new Error(`no cell at ${at}: ${JSON.stringify(text.slice(at, at + 40))}`);
    row.push(quoted === undefined ? (plain ?? "") : quoted.replaceAll('""', '"'));
    at += all.length;
    if (after === ",") continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

/** Whether a spreadsheet may run the cell: what it skips, and full-width signs, included. */
function isFormula(cell: string): boolean {
  return /^[\s\p{C}\p{Z}]*[=+\-@＝＋－＠﹢﹣﹫]/u.test(cell) && !/^-?\d+$/.test(cell);
}
