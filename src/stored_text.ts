/** `text` from outside as every database stores it. PostgreSQL refuses U+0000 and half a character: each becomes U+FFFD. */
export function storedText(text: string): string {
  return text.toWellFormed().replaceAll("\0", "\uFFFD");
}

/** The first `most` characters of `text`. */
export function shortened(text: string, most: number): string {
  return text.length > most ? [...text].slice(0, most).join("") : text;
}
