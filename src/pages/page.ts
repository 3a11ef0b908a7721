import type { AuditContext } from "../../db/contract/audit.ts";
import type { Form } from "../http/form.ts";
import type { HeaderSet } from "../http/headers.ts";
import type { AppContext } from "../session/app_context.ts";
import type { SignedIn } from "../session/read_session.ts";

/** Who may open a page: a group, or whom a function of the signed-in person lets in. */
export type Audience = "everybody" | "members" | "admins" | ((person: SignedIn) => boolean);

/** What a page is drawn from. */
export interface PageContext extends AppContext {
  /** Who asks; `null` for anonymous people, and for the version that is drawn for everybody. */
  signedIn: SignedIn | null;
  /** The part of the page's address behind the question mark. */
  query: URLSearchParams;
}

/** What a page is drawn from when only signed-in people may open it. */
export interface MemberContext extends PageContext {
  signedIn: SignedIn;
}

/** A page of the application: one value that holds what it is, who may open it, and what can be done on it. */
export type Page = PublicPage | MemberPage;

interface PageOf<Context extends PageContext> {
  /** `/spa/NAME` is its address, and `/htmx/NAME` that of its fragment. */
  name: string;
  title: string;
  draw: (context: Context) => JSX.Element;
  /** Adds the page's own routes. */
  routes?: (page: PageRoutes<Context>) => void;
  /** Where its own routes begin, if not at the address of its fragment. */
  address?: string;
  /** Whether the menu leaves it out, because another place leads there. */
  isElsewhere?: boolean;
}

export interface PublicPage extends PageOf<PageContext> {
  audience: "everybody";
  /** Whether it is always the same, so that it is drawn once. */
  isFixed?: boolean;
}

export interface MemberPage extends PageOf<MemberContext> {
  audience: Exclude<Audience, "everybody">;
  /** What the menu says to people who may not open it. Without it they can click, and are refused. */
  lock?: string;
}

/**
 * Adds routes to a page; `path` comes behind its address, as in `""` or `"/:id"`. Everything is done before a
 * handler runs: the audience, the session that the page was drawn for, and the reading of a form.
 */
export interface PageRoutes<Context extends PageContext> {
  get(path: string, handler: PageHandler<Context>): void;
  post(path: string, handler: PageHandler<Context>): void;
  put(path: string, handler: PageHandler<Context>): void;
  delete(path: string, handler: PageHandler<Context>): void;
  /** The answer that is the page as it is now, for `query` or for what the person's browser shows. */
  redraw(query?: Record<string, string>): Redraw;
}

/** Answers with HTML, with the page as it is now, or with a response of its own. */
export type PageHandler<Context extends PageContext> = (
  context: Context & RouteContext,
) => JSX.Element | PageAnswer | Promise<PageAnswer>;

export type PageAnswer = string | Redraw | Response;

/** What a page's own route works with, beside the page's context. */
export interface RouteContext {
  request: Request;
  set: HeaderSet;
  /** The named parts of the path. */
  params: Record<string, string>;
  /** The fields of a posted form; empty for other methods. */
  form: Form;
  /** Who acts, when, and from where, for the audit log. */
  audit: AuditContext;
}

/** An answer: the page as it is now. */
export class Redraw {
  readonly query: Record<string, string> | null;

  constructor(query: Record<string, string> | null) {
    this.query = query;
  }
}
