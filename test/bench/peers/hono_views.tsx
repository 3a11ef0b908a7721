/** @jsxRuntime automatic */
/** @jsxImportSource hono/jsx */
import type { Child } from "hono/jsx";

import { ICONS, MENU } from "./menu.ts";
import type { Person } from "./people.ts";

// Hono escapes by itself, which xss-scan does not know: hence `as "safe"`.

const SWAP = { "hx-target": "#content_section", "hx-swap": "outerHTML transition:true" };

function Icon({ name }: { name: keyof typeof ICONS }) {
  return (
    <svg
      viewBox="0 0 24 24"
      width="1.25em"
      height="1.25em"
      fill="none"
      stroke="currentColor"
      stroke-width="1.7"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path d={ICONS[name]} />
    </svg>
  );
}

/** The navigation bar of a person. */
export function Navbar({ name, email, picture }: Person) {
  return (
    <nav
      id="auth_navbar"
      class="navbar"
      aria-label="Main"
      hx-get="/auth/auth_navbar"
      hx-trigger="LoginStatusChange from:document"
      hx-swap="outerHTML"
    >
      <a class="brand" href="/spa">
        <span>Example</span>
      </a>
      <button
        type="button"
        class="button plain icon menu-button"
        popovertarget="menu"
        aria-label="Menu"
      >
        <Icon name="menu" />
      </button>
      <ul id="menu" class="menu" popover="auto">
        {MENU.map(({ path, name, title }) => (
          <li>
            <a href={path} hx-get={`/htmx/${name}`} {...SWAP} hx-push-url={path}>
              <span>{title as "safe"}</span>
            </a>
          </li>
        ))}
      </ul>
      <div class="account">
        <button type="button" class="button plain person" popovertarget="account_menu">
          <img class="portrait" src={picture} alt="" width="36" height="36" />
          <bdi>{name as "safe"}</bdi>
          <Icon name="down" />
        </button>
        <div id="account_menu" popover="auto">
          <p class="person">
            <b>{name as "safe"}</b>
            <span class="muted fine">{email as "safe"}</span>
          </p>
          <a href="/spa/account" hx-get="/htmx/account" {...SWAP} hx-push-url="/spa/account">
            <Icon name="account" />
            <span>Your account</span>
          </a>
          <a class="google-link" href="/auth/google?account=another">
            <Icon name="switch" />
            <span>Switch account</span>
          </a>
          <button
            type="button"
            hx-post="/auth/logout"
            hx-target="#content_section"
            hx-swap="outerHTML"
          >
            <Icon name="out" />
            <span>Sign out</span>
          </button>
        </div>
      </div>
    </nav>
  );
}

function Layout({ children }: { children: Child }) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Home · Example</title>
        <link rel="stylesheet" href="/assets/style.css" />
        <script type="module" src="/assets/app.js"></script>
      </head>
      <body>{children as "safe"}</body>
    </html>
  );
}

/** The page, whose parts load themselves. */
export function Page() {
  return (
    <Layout>
      <header>
        <nav
          id="auth_navbar"
          class="navbar"
          hx-get="/auth/auth_navbar"
          hx-trigger="load, LoginStatusChange from:document"
          hx-swap="outerHTML"
        ></nav>
      </header>
      <main
        id="content_section"
        hx-get="/htmx/content.top"
        hx-trigger="load, LoginStatusChange from:document"
        hx-swap="outerHTML"
      ></main>
      <footer>
        <span>Example</span>
      </footer>
    </Layout>
  );
}
