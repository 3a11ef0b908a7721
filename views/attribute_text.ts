/** Writes text from outside into an attribute. Kita escapes only quotes there, so a name of `&lt;` would read as `<`. */
export function attributeText(text: string): string {
  return text.replaceAll("&", "&amp;");
}
