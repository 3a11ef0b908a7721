import type { MenuItem } from "../../views/menu.tsx";
import { translate, type Words } from "../../views/words/words.ts";
import type { Page } from "./page.ts";

/** The entries of the menu. A page for members that a person cannot open is locked; other closed pages are left out. */
export function menuItems(
  pages: Iterable<Page>,
  { words, isOpen }: { words: Words; isOpen: (page: Page) => boolean },
): MenuItem[] {
  return [...pages].flatMap((page) => {
    const { name, audience, isHiddenInMenu } = page;
    const title = translate(page.title, words);
    if (isHiddenInMenu) return [];
    if (audience === "everybody" || isOpen(page)) return { name, title, isLocked: false };
    return audience === "members" ? { name, title, isLocked: true } : [];
  });
}
