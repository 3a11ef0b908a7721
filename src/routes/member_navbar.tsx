import { Html } from "@elysiajs/html";

import type { BrandProps } from "../../views/brand.tsx";
import { initialOf } from "../../views/person.tsx";
import { SignedInNavbar } from "../../views/signed_in_navbar.tsx";
import type { Words } from "../../views/words/words.ts";
import { acceptedBy } from "../http/compression.ts";
import { HTML_TYPE } from "../http/fragment.ts";
import { NO_STORE } from "../http/headers.ts";
import { wordsOf } from "../http/language.ts";
import { allowedPicture, answerHeaders } from "../http/security_headers.ts";
import { createTemplate, type Template } from "../http/template.ts";
import type { Pages } from "../pages/all_pages.ts";
import { mayOpen } from "../pages/audience.ts";
import { menuItems } from "../pages/menu_items.ts";
import type { AppContext } from "../session/app_context.ts";
import type { SignedIn } from "../session/signed_in.ts";

const SLOTS = ["session", "name", "initial", "email", "picture"] as const;

type Drawing = Template<(typeof SLOTS)[number]>;

/** What decides how a navigation bar looks, beside the texts in its slots. */
interface Look {
  words: Words;
  signedIn: SignedIn;
  hasPicture: boolean;
}

/** Answers with the navigation bar of a signed-in person. It is drawn once for all who see the same but for their texts. */
export function createMemberNavbar(
  { config, assets }: Pick<AppContext, "config" | "assets">,
  { pages, brand }: { pages: Pages; brand: BrandProps },
): (signedIn: SignedIn, request: Request) => Response {
  const shared = {
    ...answerHeaders(config).fragment,
    "Content-Type": HTML_TYPE,
    ...NO_STORE,
  };
  const headers = new Headers(shared);
  const compressedHeaders = new Headers({ ...shared, "Content-Encoding": "gzip" });
  const maxAge = config.sessionMaxAgeMs / 1000;
  const script = assets.signedInScript;
  /** Who may open the others is the same for all who have the same rights. */
  const chosen = [...pages.values()].filter(({ audience }) => typeof audience === "function");
  const drawings = new Map<string, Drawing>();

  return (signedIn, request) => {
    const { name, email, picture: known } = signedIn.user;
    const picture = allowedPicture(known, config);
    const hasPicture = picture !== null;
    const drawing = drawingOf({ words: wordsOf(request), signedIn, hasPicture });
    const initial = hasPicture ? "" : initialOf(name);
    const texts = { session: signedIn.sessionId, name, initial, email, picture: picture ?? "" };
    return acceptedBy(request).includes("gzip")
      ? new Response(drawing.fillCompressed(texts), { headers: compressedHeaders })
      : new Response(drawing.fill(texts), { headers });
  };

  function drawingOf(look: Look): Drawing {
    const { words, signedIn, hasPicture } = look;
    const { isAdmin, user } = signedIn;
    const open = chosen.map((page) => mayOpen(page, signedIn));
    const key = `${words.lang} ${isAdmin} ${user.disabledAt === null} ${hasPicture} ${open}`;
    const known = drawings.get(key);
    if (known) return known;
    const drawing = createTemplate(SLOTS, (slots) => draw(look, slots));
    drawings.set(key, drawing);
    return drawing;
  }

  function draw(
    { words, signedIn, hasPicture }: Look,
    { session, picture, ...slots }: Record<(typeof SLOTS)[number], string>,
  ): JSX.Element {
    const { isAdmin, user } = signedIn;
    const isOpen = (page: Parameters<typeof mayOpen>[0]) => mayOpen(page, signedIn);
    const menu = menuItems(pages.values(), { words, isOpen });
    const note = user.disabledAt === null ? undefined : words.menu.isDisabled;
    const person = { ...slots, picture: hasPicture ? picture : null, note };
    return <SignedInNavbar {...{ words, brand, menu, person, isAdmin, session, maxAge, script }} />;
  }
}
