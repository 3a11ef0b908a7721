import type { Fault } from "./fault.ts";

const RETURN_ADDRESS = "src/forward_auth/return_address.ts";
const SIGN_OUT = "src/forward_auth/sign_out.tsx";

/** Faults of what protects other applications. */
export const PROTECTED_SITE_FAULTS: Fault[] = [
  {
    what: "a longer host than a protected one is protected",
    file: RETURN_ADDRESS,
    from: "url.href.startsWith(`${origin}/`)",
    to: "url.href.startsWith(origin)",
    target: "protected_site",
  },
  {
    what: "an address of another kind has the origin inside it",
    file: RETURN_ADDRESS,
    from: "url.href.startsWith(`${origin}/`)",
    to: "url.origin === origin",
    target: "protected_site",
  },
  {
    what: "people come back from one application to another",
    file: RETURN_ADDRESS,
    from: "readReturnAddress(askedAddress(request, site), [site])?.href ??",
    to: "askedAddress(request, site) ??",
    target: "protected_site",
  },
  {
    what: "the way in leads anywhere",
    file: "src/forward_auth/enter.ts",
    from: ": PATHS.page;",
    to: ': (query.get("return") ?? PATHS.page);',
    target: "protected_site",
  },
  {
    what: "the page of the way in leads anywhere",
    file: "src/forward_auth/enter_page.tsx",
    from: 'const address = readReturnAddress(query.get("return"), config.sites);',
    to: 'const [site] = config.sites;\n  const address = site && { site, href: query.get("return") ?? "" };',
    target: "protected_site",
  },
  {
    what: "htmx is sent where its page says",
    file: "src/forward_auth/verify.ts",
    from: 'set.headers["hx-redirect"] = path;',
    to: 'set.headers["hx-redirect"] = request.headers.get("hx-current-url") || path;',
    target: "protected_site",
  },
  {
    what: "a sign-out leads on to anywhere",
    file: SIGN_OUT,
    from: "signOutPath(address?.href ?? null)",
    to: 'signOutPath(address?.href ?? readText(form, "return"))',
    target: "protected_site",
  },
  {
    what: "the page after a sign-out links to anywhere",
    file: SIGN_OUT,
    from: "return address && { title: address.site.name, path: address.href };",
    to: 'return { title: address?.site.name ?? "", path: new URL(url).searchParams.get("return") ?? "" };',
    target: "protected_site",
  },
  {
    what: "whoever is signed in is let in",
    file: "src/forward_auth/verify.ts",
    from: "await requireSite(app, { signedIn, site, request, addressOf });",
    to: "void requireSite;",
    target: "protected_site",
  },
];
