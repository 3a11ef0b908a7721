import type { AuditContext } from "../../db/contract/audit.ts";
import type { IconName } from "../../views/icon.tsx";
import type { Text, Words } from "../../views/words/words.ts";
import type { Form } from "../http/form.ts";
import type { HeaderSet } from "../http/headers.ts";
import type { AppContext } from "../session/app_context.ts";
import type { SignedIn } from "../session/signed_in.ts";

/** Who may open a page: a group, or a function that decides for a signed-in person. */
export type Audience = "everybody" | "members" | "admins" | ((person: SignedIn) => boolean);

/** The input of a page's `draw`. */
export interface PageContext extends AppContext {
  /** The words in the reader's language. */
  words: Words;
  /** The signed-in person; `null` for anonymous people and for the version that everybody shares. */
  signedIn: SignedIn | null;
  /** The query of the page's address. */
  query: URLSearchParams;
}

/** The input of `draw` for a page that requires sign-in. */
export interface MemberContext extends PageContext {
  signedIn: SignedIn;
}

/** A page of the application: its content, its audience and its routes. */
export type Page = PublicPage | MemberPage;

interface PageOf<Context extends PageContext> {
  /** The page's address is `/spa/NAME`; its fragment's is `/htmx/NAME`. */
  name: string;
  title: Text;
  /** A title for what the page shows, instead of its own. */
  titleOf?: (context: Context) => Promise<string>;
  /** A sentence for the front page, which leads to pages that have one. */
  description?: Text;
  /** Stands above its title there. */
  icon?: IconName;
  draw: (context: Context) => JSX.Element;
  /** Adds the page's own routes. */
  routes?: (page: PageRoutes<Context>) => void;
  /** The prefix of its own routes. Default: the address of its fragment. */
  address?: string;
  /** Whether the menu leaves it out, because another link leads to it. */
  isHiddenInMenu?: boolean;
}

export interface PublicPage extends PageOf<PageContext> {
  audience: "everybody";
  /** Whether it is always the same for anonymous people. Then it is drawn once for them. */
  isStatic?: boolean;
}

export interface MemberPage extends PageOf<MemberContext> {
  audience: Exclude<Audience, "everybody">;
}

/** What a route requires of the sign-in, beside what its page requires of the person. */
export interface RouteDemands {
  /** Whether the person must have signed in within the last ten minutes. */
  needsRecentSignIn?: boolean;
}

/**
 * Adds routes to a page. `path` is appended to its address, as in `""` or `"/:id"`. Before a handler runs, Foyer
 * checks the audience, the session that the page was drawn for and what the route demands, and reads the form.
 */
export interface PageRoutes<Context extends PageContext> {
  get(path: string, handler: PageHandler<Context>, demands?: RouteDemands): void;
  post(path: string, handler: PageHandler<Context>, demands?: RouteDemands): void;
  put(path: string, handler: PageHandler<Context>, demands?: RouteDemands): void;
  delete(path: string, handler: PageHandler<Context>, demands?: RouteDemands): void;
  /** Answers with the current page, for `query` or for the query that the browser shows. */
  redraw(query?: Record<string, string>): Redraw;
}

/** Answers with HTML, with the current page, or with its own response. */
export type PageHandler<Context extends PageContext> = (
  context: Context & RouteContext,
) => JSX.Element | PageAnswer | Promise<PageAnswer>;

export type PageAnswer = string | Redraw | Response;

/** The input of a page's own route, in addition to the page's context. */
export interface RouteContext {
  request: Request;
  set: HeaderSet;
  /** The path parameters. */
  params: Record<string, string>;
  /** The fields of a posted form; empty for other methods. */
  form: Form;
  /** For the audit log: who acts, when, and from where. */
  audit: AuditContext;
}

/** An answer that draws the current page. */
export class Redraw {
  readonly query: Record<string, string> | null;

  constructor(query: Record<string, string> | null) {
    this.query = query;
  }
}
