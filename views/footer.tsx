import { Html } from "@elysiajs/html";

import type { Brand } from "../src/config/brand.ts";
import type { Words } from "./words/words.ts";

/** Whose application it is, and where to read and write more; what is not set is left out. */
export function Footer({ words, ...brand }: Brand & { words: Words }) {
  const { name, support, privacyUrl, termsUrl } = brand;
  const { privacy, terms, contact } = words.shell;
  return (
    <footer>
      <span safe>{name}</span>
      {privacyUrl ? (
        <a href={privacyUrl} safe>
          {privacy}
        </a>
      ) : null}
      {termsUrl ? (
        <a href={termsUrl} safe>
          {terms}
        </a>
      ) : null}
      {support ? (
        <a href={support.href} safe>
          {contact}
        </a>
      ) : null}
    </footer>
  );
}
