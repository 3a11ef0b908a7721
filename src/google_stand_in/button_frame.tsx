import { Html } from "@elysiajs/html";

import { type ButtonText, findLanguage } from "./button_words.ts";
import { GoogleLogo } from "./google_logo.tsx";
import { StandInPage } from "./page_layout.tsx";

/** The options of a button and their values, the default first. */
const LOOKS = {
  type: ["standard", "icon"],
  theme: ["outline", "filled_blue", "filled_black"],
  size: ["large", "medium", "small"],
  shape: ["rectangular", "pill", "circle", "square"],
  logo_alignment: ["left", "center"],
};
const TEXTS: ButtonText[] = ["signin_with", "signup_with", "continue_with", "signin"];

/**
 * The button's frame. The query has its look, text and language.
 *
 * @see https://developers.google.com/identity/gsi/web/reference/js-reference#GsiButtonConfiguration
 */
export function drawButtonFrame({ url, headers }: Request): string {
  const query = new URL(url).searchParams;
  const read = (name: string) => query.get(name) ?? "";
  const { tag, direction, words } = findLanguage(read("hl"), headers.get("Accept-Language") ?? "");
  const text = choose(TEXTS, read("text"));
  const look = Object.entries(LOOKS).map(([name, values]) => choose(values, read(name)));
  const isIcon = look.includes("icon");
  const width = isIcon ? Number.NaN : Number(read("width"));
  const data = {
    "data-origin": read("origin"),
    "data-id": read("iframe_id"),
    ...(width > 0 ? { "data-width": String(width) } : {}),
  };
  return String(
    <StandInPage
      title="Sign in with Google"
      script="/gsi/button.js"
      styles="/gsi/button.css"
      language={tag}
      direction={direction}
    >
      <body class={look.join(" ")} {...data}>
        <button type="button" aria-label={words[text === "signin" ? "signin_with" : text]}>
          <span class="logo">
            <GoogleLogo />
          </span>
          {isIcon ? null : (
            <span class="text" safe>
              {words[text]}
            </span>
          )}
        </button>
      </body>
    </StandInPage>,
  );
}

function choose<Value extends string>(values: Value[], wanted: string): Value {
  return values.find((value) => value === wanted) ?? (values[0] as Value);
}
