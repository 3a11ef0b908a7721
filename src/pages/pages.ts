import { DEMONSTRATION } from "./demo/demonstration.tsx";
import type { Page } from "./page.ts";

/** Your application's pages, in the order of the menu. Add yours here. */
export const PAGES: Page[] = [...DEMONSTRATION];
