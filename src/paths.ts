/** The paths that scripts of a page know. They come with every first visit, the others do not. */
export const PAGE_PATHS = {
  page: "/spa",
  navbar: "/auth/auth_navbar",
  login: "/auth/login",
  google: "/auth/google",
  isAuthenticated: "/auth/is_authenticated",
  events: "/auth/events",
  fragments: "/htmx",
} as const;

/** The URL contract: every path of the application. */
export const PATHS = /* @__PURE__ */ Object.assign(
  {
    root: "/",
    plain: "/plain",
    callback: "/auth/callback",
    logout: "/auth/logout",
    risc: "/auth/risc",
    binding: "/auth/binding",
    bindingRefresh: "/auth/binding/refresh",
    verify: "/auth/verify",
    enter: "/auth/enter",
    signOut: "/auth/sign_out",
    account: "/account",
    accountSessions: "/account/sessions",
    accountExport: "/account/export",
    admin: "/admin",
    people: "/admin/people",
    invitations: "/admin/invitations",
    auditExport: "/admin/record",
    assets: "/assets",
    health: "/healthz",
    ready: "/readyz",
    probe: "/healthz/probe",
    probes: "/readyz/probes",
  } as const,
  PAGE_PATHS,
);

/** The page that `/spa` shows. */
export const TOP_PAGE = "content.top";

/** The names of Foyer's own pages: the account, and those of administrators. */
export const ACCOUNT = "account";
export const ADMIN = "admin";
export const ADMIN_PEOPLE = "admin.people";
export const ADMIN_INVITATIONS = "admin.invitations";
export const AUDIT_LOG = "record";

/** The name of the page that leads into a protected application. */
export const ENTER = "enter";

/** The path of the page `name`, as a browser shows it. */
export function pagePath(name: string): string {
  return name === TOP_PAGE ? PAGE_PATHS.page : `${PAGE_PATHS.page}/${encodeURIComponent(name)}`;
}

/** The path of the page `name` for browsers without script. */
export function plainPath(name: string, query = new URLSearchParams()): string {
  const path = `${PATHS.plain}/${encodeURIComponent(name)}`;
  return query.size > 0 ? `${path}?${query}` : path;
}

/** The path of the page's fragment, which htmx loads; the page's own routes begin with it. */
export function fragmentPath(name: string): string {
  return `${PATHS.fragments}/${encodeURIComponent(name)}`;
}

/**
 * The path that signs in by a link and returns to the page at `path`. With `account`, Google asks which one to use:
 * another, or the same again.
 */
export function googlePath(
  path: string,
  { account }: { account?: "another" | "same" } = {},
): string {
  const query = new URLSearchParams(account ? { account } : {});
  query.set("return", path);
  return `${PAGE_PATHS.google}?${query}`;
}

/** The path that leads a person to `address` in a protected application; `tries` counts cookies that did not come back. */
export function enterPath(address: string, { tries = 0 } = {}): string {
  const query = new URLSearchParams({
    return: address,
    ...(tries > 0 ? { tries: `${tries}` } : {}),
  });
  return `${PATHS.enter}?${query}`;
}

/** The page that signs a person in and leads them to `address` in a protected application. */
export function enterPagePath(address: string): string {
  return `${pagePath(ENTER)}?${new URLSearchParams({ return: address })}`;
}

/** The page that signs out, and leads back to `address` in a protected application. */
export function signOutPath(address: string | null): string {
  return address === null
    ? PATHS.signOut
    : `${PATHS.signOut}?${new URLSearchParams({ return: address })}`;
}

/** The name of the page whose fragment is at `path`, or `null`. */
export function pageOfFragment(path: string): string | null {
  const start = `${PATHS.fragments}/`;
  const encoded = path.startsWith(start) ? path.slice(start.length) : "/";
  if (encoded.includes("/")) return null;
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}

/** The name of the page at `path`, or `null`. */
export function pageOfPath(path: string): string | null {
  const { page } = PAGE_PATHS;
  if (path === page) return TOP_PAGE;
  return path.startsWith(`${page}/`) ? path.slice(page.length + 1) : null;
}

/** The path of a request's URL, without parsing all of it. */
export function pathOf({ url }: Request): string {
  const start = url.indexOf("/", url.indexOf("//") + 2);
  const end = url.indexOf("?", start);
  return end < 0 ? url.slice(start) : url.slice(start, end);
}
