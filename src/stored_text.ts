/** `text` from outside as every database stores it. PostgreSQL refuses U+0000 and half a character: each becomes U+FFFD. */
export function storedText(text: string): string {
  return text.toWellFormed().replaceAll("\0", "\uFFFD");
}
