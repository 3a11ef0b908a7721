import fc from "fast-check";

/** Pieces that mean something to a parser of HTML, URLs, headers, JSON, SQL or a terminal. */
const PIECES = [
  ..."<>\"'&=;,:/\\?#%+@.-_`$(){}[]|~ \t\0\r\n",
  "<fz onfz=1>",
  '" onfz="1',
  "' onfz='1",
  "></fz><fz>",
  "</title><fz>",
  "</bdi></p></div><fz>",
  "<!--",
  "-->",
  "<![CDATA[",
  "]]>",
  "<script>fz()</script>",
  "</script>",
  "</style>",
  "<hx-fz>",
  "<HX-partial hx-target=body>",
  "<svg/onload=fz()>",
  "&lt;fz&gt;",
  "&amp;",
  "&#60;",
  "&#x3C;fz>",
  "&quot;",
  "&nbsp",
  "javascript:fz()",
  "data:text/html,<fz>",
  "//evil.example",
  "/\\evil.example",
  "%2F%2Fevil.example",
  "%00",
  "%0d%0aSet-Cookie:%20session_id=fz",
  "%E0%A4%A",
  "../",
  "%2e%2e/",
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "session_id=",
  "sign_in=",
  "g_csrf_token=",
  "[1]",
  '{"a":1}',
  "j:[1]",
  "1e999",
  "-0",
  "NaN",
  "null",
  "undefined",
  "true",
  "${fz}",
  "{{fz}}",
  "' OR 1=1 --",
  '"; DROP TABLE users; --',
  "=cmd|' /C calc'!A0",
  "\u001b[31m",
  "\u0007",
  "\u007f",
  "\u0085",
  "\u00a0",
  "\u00ad",
  "\u0300\u0316",
  "\u200b",
  "\u200d",
  "\u2028",
  "\u2029",
  "\u202e",
  "\u2066",
  "\u3164",
  "\ufeff",
  "\ufffd",
  "\uffff",
  "\ud800",
  "\udc00",
  "﷽",
  "👩🏽‍🚀",
  "İıſK",
  "ﬁ",
  "＜fz＞",
  "ʺ",
  "Ada",
  "a",
  "0",
];

/** Letters of every kind: whole characters, half surrogates, any code point, what people write. */
const letters = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 20 }),
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.string({
    unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
    maxLength: 20,
  }),
);

const pieces = fc.array(fc.constantFrom(...PIECES), { maxLength: 8 }).map((all) => all.join(""));

/** Short hostile text. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: pieces },
  { weight: 1, arbitrary: letters },
);

/** A text as a case writes it: itself, or pieces and how often each is repeated, so that a find stays readable. */
export type Text = string | [piece: string, times: number][];

/** The length of what is repeated: as much as a server takes in its headers. */
const LONGEST = 16_384;

/** Hostile text that may be long. */
export const hostileOrLong: fc.Arbitrary<Text> = fc.oneof(
  { weight: 30, arbitrary: hostileText },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(...PIECES), fc.integer({ min: 1, max: LONGEST }))
      .map(([piece, times]): Text => [[piece, Math.min(times, Math.ceil(LONGEST / piece.length))]]),
  },
);

/** A text in full. */
export function writeOut(text: Text): string {
  return typeof text === "string"
    ? text
    : text.map(([piece, times]) => piece.repeat(times)).join("");
}
