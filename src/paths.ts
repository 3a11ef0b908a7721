/** The URL contract: each path that the application answers, once. */
export const PATHS = {
  root: "/",
  page: "/spa",
  navbar: "/auth/auth_navbar",
  login: "/auth/login",
  google: "/auth/google",
  callback: "/auth/callback",
  logout: "/auth/logout",
  isAuthenticated: "/auth/is_authenticated",
  events: "/auth/events",
  risc: "/auth/risc",
  content: "/htmx",
  customerRows: "/htmx/content.list.tbody",
  account: "/account",
  accountSessions: "/account/sessions",
  accountExport: "/account/export",
  people: "/admin/people",
  invitations: "/admin/invitations",
  record: "/admin/record",
  assets: "/assets",
  health: "/healthz",
} as const;

/** The content that `/spa` shows when no other is named. */
export const TOP_CONTENT = "content.top";

/** The contents of one's own account, and of the administrators. */
export const ACCOUNT = "account";
export const DESK = "admin";
export const RECORD = "record";

/** The address of the page that shows the content `name`. */
export function pagePath(name: string): string {
  return name === TOP_CONTENT ? PATHS.page : `${PATHS.page}/${encodeURIComponent(name)}`;
}

/** The address of the content fragment `name`. */
export function contentPath(name: string): string {
  return `${PATHS.content}/${encodeURIComponent(name)}`;
}

/** The address of the way in by a link, which comes back to the page at `path`. */
export function googlePath(path: string): string {
  return `${PATHS.google}?${new URLSearchParams({ return: path })}`;
}

/** Whether `path` is one of the two fragments that htmx swaps in whole: the navbar, or a content. */
export function isFragmentPath(path: string): boolean {
  if (path === PATHS.customerRows) return false;
  return path === PATHS.navbar || path.startsWith(`${PATHS.content}/`);
}

/** The path of a request's address, found without parsing all of it. */
export function pathOf({ url }: Request): string {
  const start = url.indexOf("/", url.indexOf("//") + 2);
  const end = url.indexOf("?", start);
  return end < 0 ? url.slice(start) : url.slice(start, end);
}
