import { Html } from "@elysiajs/html";

import type { Brand } from "../src/config_brand.ts";

/** Whose application it is, and where to read and write more; what is not set is left out. */
export function Footer({ name, support, privacyUrl, termsUrl }: Brand) {
  return (
    <footer>
      <span safe>{name}</span>
      {privacyUrl ? <a href={privacyUrl}>Privacy</a> : null}
      {termsUrl ? <a href={termsUrl}>Terms</a> : null}
      {support ? <a href={support.href}>Contact</a> : null}
    </footer>
  );
}
